package dev.mall.benchmarks.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageTest {

  private static final UsageSample START =
      sample(0, 1_000, 500, 20_000, new DatabaseCounters(10, 100));

  @Test
  void isTheDifferenceBetweenTwoSamples() {
    var end = sample(2_000, 1_600, 700, 21_000, new DatabaseCounters(40, 170));

    var usage = Usage.between(START, end, 2, Map.of("service", 5L));

    assertThat(usage.seconds()).isEqualTo(2);
    assertThat(usage.totalCpuMillis()).isEqualTo(600);
    assertThat(usage.loadCpuMillis()).isEqualTo(200);
    assertThat(usage.restingCpuMillis()).isEqualTo(20);
    assertThat(usage.transactions()).isEqualTo(30);
    assertThat(usage.rows()).isEqualTo(70);
  }

  @Test
  void countsAsForeignTheTimeOfNeitherASystemNorTheLoadGenerator() {
    var end = sample(2_000, 1_600, 700, 21_000, new DatabaseCounters(40, 170));

    // 1,000 ms busy, 600 + 200 + 20 of them known, of 2 s of 2 processors
    assertThat(Usage.between(START, end, 2, Map.of()).foreign()).isCloseTo(0.045, within(1e-9));
  }

  @Test
  void countersOfUnequalResolutionMakeNoNegativeShare() {
    var end = sample(2_000, 1_600, 700, 20_790, new DatabaseCounters(40, 170));

    assertThat(Usage.between(START, end, 2, Map.of()).foreign()).isZero();
  }

  @Test
  void aDatabaseThatCameMeanwhileCountsFromZero() {
    var end = sample(2_000, 1_600, 700, 21_000, new DatabaseCounters(40, 170));
    var empty =
        new UsageSample(
            0, Map.of(), Map.of(), Duration.ZERO, Duration.ZERO, END_OF_NOTHING, Map.of(), 0, 0);

    assertThat(Usage.between(empty, end, 2, Map.of()).transactions()).isEqualTo(40);
  }

  private static final MachineStat END_OF_NOTHING = new MachineStat(Duration.ZERO);

  private static UsageSample sample(
      long millis, long cpu, long own, long busy, DatabaseCounters counters) {
    return new UsageSample(
        Duration.ofMillis(millis).toNanos(),
        Map.of("service", Duration.ofMillis(cpu)),
        Map.of(),
        Duration.ofMillis(own),
        Duration.ofMillis(own / 10),
        new MachineStat(Duration.ofMillis(busy)),
        Map.of("mall_order", counters),
        0,
        0);
  }
}
