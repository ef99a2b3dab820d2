package dev.mall.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

class SweeperTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  /** Rows 1 to {@code rows}, of which the first are over. */
  private static final class Rows implements Sweep {
    private final List<Long> asked = new ArrayList<>();
    private final int rows;
    private final int over;

    Rows(int rows, int over) {
      this.rows = rows;
      this.over = over;
    }

    @Override
    public String what() {
      return "rows";
    }

    @Override
    public Pass pass(long after, Duration age, int most) {
      assertThat(age).isEqualTo(Duration.ofDays(31));
      asked.add(after);
      int from = (int) Math.max(0, after);
      int to = Math.min(rows, from + most);
      return new Pass(to - from, Math.max(0, Math.min(to, over) - from), to);
    }
  }

  @Test
  void goesOnWhileTheOldestAreOver() {
    var rows = new Rows(100, 25);

    sweeper(rows).sweep();

    assertThat(rows.asked).containsExactly(Long.MIN_VALUE, 10L, 20L, 30L);
    assertThat(meters.get("mall.swept").tag("what", "rows").counter().count()).isEqualTo(25);
  }

  @Test
  void looksAtNoMoreThanOneBatchWhereNothingIsOver() {
    var rows = new Rows(100, 0);

    sweeper(rows).sweep();

    assertThat(rows.asked).hasSize(1);
  }

  @Test
  void endsWithTheLastRow() {
    var rows = new Rows(15, 15);

    sweeper(rows).sweep();

    assertThat(rows.asked).hasSize(2);
  }

  @Test
  void refusesTimesThatMakeNoSense() {
    assertThatThrownBy(() -> new SweepProperties(Duration.ZERO, 10, Duration.ZERO))
        .hasMessageContaining("mall.sweep.every");
    assertThatThrownBy(() -> new SweepProperties(Duration.ofHours(1), 10, Duration.ofDays(-1)))
        .hasMessageContaining("mall.sweep.slack");
  }

  private Sweeper sweeper(Sweep sweep) {
    return new Sweeper(
        List.of(sweep),
        TransactionOperations.withoutTransaction(),
        new SweepProperties(Duration.ofHours(1), 10, Duration.ofDays(1)),
        Duration.ofDays(30),
        meters);
  }
}
