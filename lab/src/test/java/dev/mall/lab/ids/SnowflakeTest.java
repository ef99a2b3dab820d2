package dev.mall.lab.ids;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.lab.ids.Snowflake.ClockBack;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The three answers are unique at any clock; a trusting generator is not. */
class SnowflakeTest {

  private static final int IN_A_MILLISECOND = 4096;

  private final AtomicLong clock = new AtomicLong(1_000);

  @Test
  void borrowsTheTimesAheadWhenTheSequenceIsUsedUp() {
    var ids = new Snowflake(clock::get, 1, ClockBack.BORROW);

    var made = make(ids, 2 * IN_A_MILLISECOND + 1);

    assertThat(made).doesNotHaveDuplicates().isSorted();
    assertThat(Snowflake.time(made.getLast())).isEqualTo(1_002);
    assertThat(Snowflake.sequence(made.getLast())).isZero();
  }

  @Test
  void waitsForTheNextMillisecondWhenTheSequenceIsUsedUp() {
    var looks = new AtomicLong();
    var ids =
        new Snowflake(
            () -> looks.incrementAndGet() > IN_A_MILLISECOND + 3 ? 1_001 : 1_000,
            1,
            ClockBack.REFUSE);

    var made = make(ids, IN_A_MILLISECOND + 1);

    assertThat(made).doesNotHaveDuplicates().isSorted();
    assertThat(Snowflake.time(made.getLast())).isEqualTo(1_001);
  }

  @Test
  void refusesUntilTheClockHasCaughtUp() {
    var ids = new Snowflake(clock::get, 1, ClockBack.REFUSE);
    make(ids, 1);

    clock.set(999);
    assertThat(ids.next()).isEmpty();

    clock.set(1_000);
    assertThat(Snowflake.sequence(ids.next().orElseThrow())).isEqualTo(1);
  }

  @Test
  void repeatsItselfIfItTrustsTheClock() {
    var ids = new Snowflake(clock::get, 1, ClockBack.IGNORE);
    var made = make(ids, 1);
    clock.set(999);
    make(ids, 1);
    clock.set(1_000);

    assertThat(make(ids, 1)).isEqualTo(made);
  }

  private static List<Long> make(Snowflake ids, int count) {
    return new ArrayList<>(
        Stream.generate(ids::next).limit(count).map(OptionalLong::orElseThrow).toList());
  }
}
