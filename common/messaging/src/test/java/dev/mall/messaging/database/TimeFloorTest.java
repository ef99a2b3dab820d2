package dev.mall.messaging.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeFloorTest {

  private static final Instant NOW = Instant.parse("2026-11-28T20:00:00Z");
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final TimeFloor floor = new TimeFloor(LONGEST);

  @Test
  void beginsAtTheVeryBeginning() {
    assertThat(floor.value().toInstant()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void leavesRoomForTransactionsThatAreOpenStill() {
    floor.scanned(NOW, Optional.empty());

    assertThat(floor.value().toInstant()).isEqualTo(NOW.minusSeconds(40));
    assertThat(floor.slackMillis()).isEqualTo(40_000);
  }

  @Test
  void passesNoOpenRow() {
    var parked = NOW.minusSeconds(3600);

    floor.scanned(NOW, Optional.of(parked));

    assertThat(floor.value().toInstant()).isEqualTo(parked);
  }

  @Test
  void isNoLaterThanTheTransactionsOfNow() {
    floor.scanned(NOW, Optional.of(NOW.plusSeconds(30)));

    assertThat(floor.value().toInstant()).isEqualTo(NOW.minusSeconds(40));
  }

  @Test
  void followsAClockThatIsSetBack() {
    floor.scanned(NOW, Optional.empty());
    floor.scanned(NOW.minusSeconds(600), Optional.empty());

    assertThat(floor.value().toInstant()).isEqualTo(NOW.minusSeconds(640));
  }
}
