package dev.mall.benchmarks.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcfsTest {

  private static final String STAT =
      "4711 (postgres: mall ) x) S 4700 4711 4711 0 -1 4194560 5120 880 2 0 130 20 400 50 20 0 1 0"
          + " 12345 220000000 4000 18446744073709551615 1 1 0 0 0 0 0";

  @Test
  void readsTheTimesOfAProcessWhoseNameHasSpacesAndParentheses() {
    var stat = ProcessStat.parse(STAT);

    assertThat(stat.pid()).isEqualTo(4711);
    assertThat(stat.parent()).isEqualTo(4700);
    assertThat(stat.own()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(stat.endedChildren()).isEqualTo(Duration.ofMillis(4_500));
    assertThat(stat.withEndedChildren()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void countsTheMachineAsBusyUnlessItIsIdleOrWaits() {
    var stat =
        MachineStat.parse(
            """
            cpu  100 10 50 9000 400 5 15 20 70 3
            cpu0 50 5 25 4500 200 2 8 10 35 1
            intr 1
            """);

    assertThat(stat.busy()).isEqualTo(Duration.ofMillis(10 * (100 + 10 + 50 + 5 + 15 + 20)));
  }

  @Test
  void findsTheDatabaseInTheTitleOfAConnectedProcess() {
    assertThat(Procfs.databaseOf("postgres: mall_order mall_order 127.0.0.1(40122) idle"))
        .contains("mall_order");
    assertThat(Procfs.databaseOf("postgres: autovacuum launcher ")).isEmpty();
    assertThat(Procfs.databaseOf("postgres: io worker 1")).isEmpty();
    assertThat(Procfs.databaseOf("")).isEmpty();
  }

  @Test
  void addsProportionalMemoryOnly() {
    assertThat(Procfs.proportionalBytes("Rss:  900 kB\nPss:   120 kB\nPss_Anon:  100 kB\n"))
        .isEqualTo(120 * 1024);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void seesTheWorkOfThisProcess() {
    var before = Procfs.ownCpu();
    var machine = Procfs.machine().busy();
    long end = System.nanoTime() + Duration.ofMillis(100).toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }

    assertThat(Procfs.ownCpu()).isGreaterThan(before);
    assertThat(Procfs.machine().busy()).isGreaterThan(machine);
    assertThat(Procfs.cpu(ProcessHandle.current().pid())).isPositive();
  }

  @Test
  void countsAProcessThatHasEndedAsNothing() {
    assertThat(Procfs.cpu(Long.MAX_VALUE)).isZero();
    assertThat(Procfs.memory(Long.MAX_VALUE, true)).isZero();
  }
}
