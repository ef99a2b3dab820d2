package dev.mall.saga.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sagas at a step that an operator paused and resumes. */
class StepPausesIT extends RunnerFixture {

  @Test
  void needsNoMoreStatementsToResumeManyThanOne() throws Exception {
    assertThat(statementsToResume(1)).isEqualTo(5);
    assertThat(statementsToResume(300)).isEqualTo(5);
  }

  @Test
  void holdsWhatComesToAPausedStepAndLetsItGoOnInBatches() {
    var orders = heldAtPay(35);

    assertThat(timers(Set::of).look()).isEqualTo(Duration.ofSeconds(5)); // no deadline runs
    assertThat(pauses.held()).containsOnly(entry("pay", 35L));
    assertThat(orders).allMatch(order -> !sent(order).contains("ChargePayment"));

    pauses.resume("pay");

    assertThat(timers(Set::of).look()).isEqualTo(Duration.ofMillis(20)); // comes back soon
    assertThat(pauses.held()).containsOnly(entry("pay", 25L));
    for (int look = 0; look < 3; look++) {
      timers(Set::of).look();
    }
    assertThat(pauses.held()).isEmpty();
    assertThat(orders)
        .allMatch(order -> Collections.frequency(sent(order), "ChargePayment") == 1)
        .allMatch(order -> column("attempt", order).equals(1));
  }

  @Test
  void usesUpNoAttemptOfWhatWasAskedForBeforeThePause() {
    long order = begunLongAgo(1).getFirst();
    pauses.pause("reserve", "grace", "a test");

    pass(true);

    assertThat(column("attempt", order)).isEqualTo(1);
    assertThat(sent(order)).isEmpty();
  }

  private static int statementsToResume(int count) throws Exception {
    heldAtPay(count);
    pauses.resume("pay");
    return counted(() -> assertThat(runner.resume("pay", 1000)).isEqualTo(count));
  }
}
