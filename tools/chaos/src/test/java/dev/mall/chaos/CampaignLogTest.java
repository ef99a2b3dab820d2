package dev.mall.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.cli.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignLogTest {

  private static final FaultResult KILLED = killed(1_000, 9_000);
  private static final FaultResult LATER = killed(8_000, 15_000);

  private static FaultResult killed(long from, long until) {
    return new FaultResult(
        "SIGKILL at relay",
        "SIGKILL at relay, order-service",
        from,
        until,
        20,
        18,
        2,
        3,
        900,
        4_200);
  }

  private static RoundResult judged(long violations, FaultResult... struck) {
    return new RoundResult(1, 30, 27, 3, 5, 900, violations, List.of(struck));
  }

  @TempDir private Path directory;

  @Test
  void theNextLegGoesOnWhereTheLastOneEnded() {
    var first = CampaignLog.begin(file(), 42);
    first.add(judged(0, KILLED, LATER));

    var second = CampaignLog.goOn(file());

    assertThat(second.seed()).isEqualTo(42);
    assertThat(second.struck()).containsExactly(KILLED, LATER);
    assertThat(second.orders()).isEqualTo(30);
    assertThat(second.nextLeg()).isEqualTo(2);
  }

  @Test
  void whatEndedBrokenIsNotGoneOnWith() {
    CampaignLog.begin(file(), 42).add(judged(1, KILLED));

    assertThatThrownBy(() -> CampaignLog.goOn(file())).isInstanceOf(UsageException.class);
  }

  @Test
  void aNewCampaignForgetsTheOldOne() {
    CampaignLog.begin(file(), 42).add(judged(0, KILLED));
    CampaignLog.begin(file(), 43);

    assertThat(CampaignLog.goOn(file()).struck()).isEmpty();
  }

  @Test
  void nothingCanBeResumedThatWasNotBegun() {
    assertThatThrownBy(() -> CampaignLog.goOn(file())).isInstanceOf(UsageException.class);
  }

  @Test
  void theReportAddsUpEachKindAndCountsEachOrderOnce() throws IOException {
    var log = CampaignLog.begin(file(), 42);
    log.add(judged(0, KILLED, LATER));
    var report = directory.resolve("faults.md");

    FaultReport.write(report, ChaosOptions.parse("--profile", "long"), log);

    assertThat(Files.readString(report))
        .contains("seed 42")
        .contains("2 faults into 30 orders so far, of at least 1,000 and 50,000.")
        .contains("**0 violations**")
        .contains("| SIGKILL at relay | 2 | 40 | 36 | 4 | 6 | 0.9 s | 4.2 s | 4.2 s | 0 |")
        .contains("| **all** | 2 | 30 | 27 | 3 | 5 | 0.9 s | 4.2 s | 4.2 s | 0 |")
        .contains("| 8.0 s | 15.0 s | SIGKILL at relay, order-service | SIGKILL at relay, ")
        .contains("| SIGKILL at relay | 2 |  |  |  |  |");
  }

  private Path file() {
    return directory.resolve("long.jsonl");
  }
}
