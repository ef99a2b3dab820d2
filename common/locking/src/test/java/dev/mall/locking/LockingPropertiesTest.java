package dev.mall.locking;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LockingPropertiesTest {

  @Test
  void refusesToWaitLongerThanABatchCanAfford() {
    assertThatThrownBy(() -> properties(Duration.ofSeconds(3), Duration.ofMillis(201), 300))
        .hasMessageContaining("mall.locking.wait-at-most must be 0 to 200 ms");
  }

  @Test
  void refusesAMarginThatLeavesNoLeaseToTrust() {
    assertThatThrownBy(() -> properties(Duration.ofMillis(400), Duration.ZERO, 201))
        .hasMessageContaining("mall.locking.margin must be 1 to 200 ms");
  }

  private static LockingProperties properties(Duration lease, Duration wait, long marginMillis) {
    return new LockingProperties(
        "redis://localhost:6379",
        lease,
        wait,
        Duration.ofMillis(100),
        Duration.ofMillis(marginMillis),
        Duration.ofSeconds(2));
  }
}
