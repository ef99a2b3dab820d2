package dev.mall.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LoadTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void recordsLatencyFromTheTimeAtWhichARequestWasDue() {
    var recorder = new LoadRecorder(0, 10 * SECOND);

    LongStream.rangeClosed(1, 100).forEach(n -> recorder.answered(0, n * 1_000_000));

    var latency = recorder.figures().latency();
    assertThat(latency.count()).isEqualTo(100);
    assertThat(latency.p50()).isCloseTo(50, within(0.1));
    assertThat(latency.p90()).isCloseTo(90, within(0.1));
    assertThat(latency.p99()).isCloseTo(99, within(0.1));
    assertThat(latency.max()).isCloseTo(100, within(0.1));
  }

  @Test
  void countsAnswersInsideTheWindowAndTheLatencyOfRequestsDueInIt() {
    var recorder = new LoadRecorder(SECOND, 2 * SECOND);

    recorder.answered(0, SECOND + 1); // due before
    recorder.answered(2 * SECOND - 1, 5 * SECOND); // answered after
    recorder.answered(2 * SECOND, 2 * SECOND + 1); // all after
    recorder.shed(SECOND);
    recorder.failed(2 * SECOND);

    var figures = recorder.figures();
    assertThat(figures.answered()).isEqualTo(1);
    assertThat(figures.latency().count()).isEqualTo(1);
    assertThat(figures.latency().max()).isCloseTo(3_000, within(5.0));
    assertThat(figures.shed()).isEqualTo(1);
    assertThat(figures.failed()).isZero();
  }

  @Test
  void drawsTheSameOrdersAgain() {
    var assortment = new Assortment(10, 2, 5);

    assertThat(assortment.order(7)).isEqualTo(assortment.order(7));
    assertThat(assortment.order(7)).isNotEqualTo(assortment.order(8));
  }

  @Test
  void anOrderHasEachProductOnce() {
    var assortment = new Assortment(3, 3, 5);

    for (long n = 0; n < 100; n++) {
      assertThat(assortment.order(n)).contains("bench-0\"", "bench-1\"", "bench-2\"");
    }
    assertThatThrownBy(() -> new Assortment(1, 2, 5)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyOrderHasTheHotProduct() {
    var assortment = new Assortment(50, 2, 5).asHot();

    for (long n = 0; n < 100; n++) {
      assertThat(assortment.skusOf(n)).hasSize(2).contains("bench-0").doesNotHaveDuplicates();
    }
  }

  @Test
  void customersWithoutMoneyAreOthers() {
    var assortment = new Assortment(10, 2, 5);

    assertThat(assortment.customerOf(3)).startsWith("bench-customer-");
    assertThat(assortment.asPoor().customerOf(3)).startsWith("bench-poor-");
  }
}
