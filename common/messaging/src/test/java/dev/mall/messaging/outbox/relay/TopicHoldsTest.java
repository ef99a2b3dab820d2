package dev.mall.messaging.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TopicHoldsTest {

  private static final long MILLI = Duration.ofMillis(1).toNanos();

  private final TopicHolds holds = new TopicHolds();

  @Test
  void leavesOutATopicThatFailedAndNoOther() {
    holds.failed("gone", 0);

    assertThat(holds.at(249 * MILLI)).containsExactly("gone");
    assertThat(holds.at(250 * MILLI)).isEmpty();
  }

  @Test
  void countsManyRowsOfOneFailureOnce() {
    for (int row = 0; row < 50; row++) {
      holds.failed("gone", row * MILLI);
    }

    assertThat(holds.at(250 * MILLI)).isEmpty();
  }

  @Test
  void waitsLongerAfterEachFailureUpToALimit() {
    long now = 0;
    for (long pause : new long[] {250, 500, 1000, 2000, 4000, 4000}) {
      holds.failed("gone", now);
      assertThat(holds.at(now + (pause - 1) * MILLI)).as("%d ms", pause).containsExactly("gone");
      now += pause * MILLI;
      assertThat(holds.at(now)).as("%d ms", pause).isEmpty();
    }
  }

  @Test
  void beginsAgainAfterASuccess() {
    holds.failed("back", 0);
    holds.failed("back", 250 * MILLI);
    holds.succeeded("back");
    assertThat(holds.at(251 * MILLI)).isEmpty();

    holds.failed("back", 1000 * MILLI);

    assertThat(holds.at(1250 * MILLI)).isEmpty();
  }
}
