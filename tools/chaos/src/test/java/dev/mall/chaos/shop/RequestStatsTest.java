package dev.mall.chaos.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.chaos.shop.RequestStats.Accepted;
import dev.mall.chaos.shop.RequestStats.Wait;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestStatsTest {

  private static final RequestStats TALLY =
      new RequestStats(
          List.of(new Accepted("1", 10), new Accepted("2", 20), new Accepted("3", 30)),
          List.of(5L, 25L),
          List.of(new Wait(0, 10), new Wait(12, 24)),
          List.of("wrong"));

  @Test
  void anIntervalHasWhatWasMetInIt() {
    var met = TALLY.within(15, 25);

    assertThat(met.accepted()).extracting(Accepted::id).containsExactly("2");
    assertThat(met.resent()).containsExactly(25L);
    assertThat(met.longestWait()).isEqualTo(Duration.ofNanos(12));
  }

  @Test
  void whatWasMetInTwoIntervalsIsInBoth() {
    assertThat(TALLY.within(0, 20).accepted()).extracting(Accepted::id).contains("2");
    assertThat(TALLY.within(20, 30).accepted()).extracting(Accepted::id).contains("2");
  }
}
