package dev.mall.identifiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IdGeneratorTest {

  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final MovableIdClock time = new MovableIdClock(EPOCH.toEpochMilli() + 10_000_000);
  private final MemoryWorkerLeases leases = new MemoryWorkerLeases(2);
  private final IdGenerator ids = generator("first");

  @Test
  void anIdContainsItsTimeAndWorker() {
    var first = ids.parse(ids.next());
    var second = ids.parse(ids.next());

    assertThat(first).isEqualTo(new IdParts(EPOCH.plusSeconds(10_000), 0, 0));
    assertThat(second).isEqualTo(new IdParts(EPOCH.plusSeconds(10_000), 0, 1));
  }

  @Test
  void theLastIdOfAllIsStillPositive() {
    long last = SnowflakeFormat.id(SnowflakeFormat.LAST_TIME, 1023, 4095);

    assertThat(last).isEqualTo(Long.MAX_VALUE);
    assertThat(ids.parse(last).worker()).isEqualTo(1023);
    assertThat(ids.parse(last).sequence()).isEqualTo(4095);
  }

  @Test
  void manyIdsRunOverIntoTheNextMillisecond() {
    var many = ids.next(10_000);

    assertThat(many).doesNotHaveDuplicates().isSorted();
    assertThat(ids.parse(many[9_999]).time()).isEqualTo(EPOCH.plusMillis(10_000_002));
  }

  @Test
  void waitsForAClockThatJumpedBackALittle() {
    long before = ids.next();

    time.jump(-50);

    assertThat(ids.next()).isGreaterThan(before);
    assertThat(ids.parse(ids.next()).worker()).isZero();
  }

  @Test
  void takesAnotherNumberWhenTheClockJumpedBackFar() {
    ids.next();

    time.jump(-3_600_000);

    assertThat(ids.parse(ids.next()).worker()).isEqualTo(1);
  }

  @Test
  void makesNoIdWhenNoNumberLiesBehindTheClock() {
    ids.next();
    time.jump(-3_600_000);
    ids.next();
    time.jump(-3_600_000);

    assertThatThrownBy(ids::next).isInstanceOf(IdsUnavailable.class);

    time.jump(7_200_000);
    assertThat(ids.next()).isPositive();
  }

  @Test
  void neverMakesAnIdBeyondTheGrantedTime() {
    int worker = ids.parse(ids.next()).worker();
    leases.unavailable = true;

    time.jump(LEASE.toMillis());
    long last = ids.next();
    time.jump(1);

    assertThat(SnowflakeFormat.time(last)).isEqualTo(leases.granted(worker));
    assertThatThrownBy(ids::next).isInstanceOf(IdsUnavailable.class);
  }

  @Test
  void stopsBeforeTheLeaseEnds() {
    ids.next();
    leases.unavailable = true;

    time.pass(LEASE.toMillis() * 9 / 10 - 1);
    ids.next();
    time.pass(1);

    assertThatThrownBy(ids::next).isInstanceOf(IdsUnavailable.class);
  }

  @Test
  void goesOnWithTheSameNumberWhenRenewedInTime() {
    ids.next();
    for (int i = 0; i < 10; i++) {
      time.pass(10_000);
      leases.clock.pass(10_000);
      ids.renew();
      leases.unavailable = true;
      assertThat(ids.parse(ids.next()).worker()).isZero();
      leases.unavailable = false;
    }
  }

  @Test
  void takesAnotherNumberWhenItsOwnHasPassedOn() {
    ids.next();
    leases.clock.pass(LEASE.toMillis() + 1);
    time.pass(LEASE.toMillis() + 1);
    var other = generator("other");
    var others = other.next(2);

    var afterwards = ids.next(2);

    assertThat(ids.parse(others[0]).worker()).isNotEqualTo(ids.parse(afterwards[0]).worker());
  }

  @Test
  void twoGeneratorsHoldDifferentNumbersAndAThirdHasNone() {
    var other = generator("other");

    assertThat(ids.parse(ids.next()).worker()).isNotEqualTo(ids.parse(other.next()).worker());
    assertThatThrownBy(generator("third")::next).isInstanceOf(IdsUnavailable.class);
  }

  @Test
  void aNumberGivenBackIsTakenAgainAboveItsIds() {
    var before = ids.next(5000);
    ids.release();
    time.pass(1);

    var after = generator("after a restart").next(10);

    assertThat(after[0]).isGreaterThan(Arrays.stream(before).max().orElseThrow());
  }

  @Test
  void aClockOutsideOfTheEpochMakesNone() {
    time.jump(-20_000_000);

    assertThatThrownBy(ids::next).isInstanceOf(IdsUnavailable.class);
  }

  @Test
  void aMovedEpochNeverRepeatsAnId() {
    long before = ids.next();
    ids.release();
    var moved =
        new IdGenerator(
            leases,
            new IdsProperties(EPOCH.plusSeconds(5000), LEASE, Duration.ofMillis(100)),
            time,
            "moved");

    time.pass(1000);

    assertThat(moved.next()).isNotEqualTo(before);
    assertThat(moved.parse(moved.next()).worker()).isEqualTo(1); // 0 is ahead of the new epoch
  }

  private IdGenerator generator(String holder) {
    return new IdGenerator(
        leases, new IdsProperties(EPOCH, LEASE, Duration.ofMillis(100)), time, holder);
  }
}
