package dev.mall.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronicleTest {

  private static final Struck KILLED =
      new Struck(
          1, "SIGKILL at relay", "SIGKILL at relay, order-service", 20, 18, 2, 3, 900, 4_200, 0);

  @TempDir private Path directory;

  @Test
  void theNextLegGoesOnWhereTheLastOneEnded() {
    var first = Chronicle.begin(file(), 42);
    first.add(List.of(KILLED, KILLED));

    var second = Chronicle.goOn(file());

    assertThat(second.seed()).isEqualTo(42);
    assertThat(second.struck()).containsExactly(KILLED, KILLED);
    assertThat(second.orders()).isEqualTo(40);
    assertThat(second.nextLeg()).isEqualTo(2);
  }

  @Test
  void whatEndedBrokenIsNotGoneOnWith() {
    var broken = new Struck(1, "SIGKILL Redis", "SIGKILL Redis", 20, 18, 2, 3, 900, 4_200, 1);
    Chronicle.begin(file(), 42).add(List.of(KILLED, broken));

    assertThatThrownBy(() -> Chronicle.goOn(file())).isInstanceOf(Options.Misunderstood.class);
  }

  @Test
  void aNewCampaignForgetsTheOldOne() {
    Chronicle.begin(file(), 42).add(List.of(KILLED));
    Chronicle.begin(file(), 43);

    assertThat(Chronicle.goOn(file()).struck()).isEmpty();
  }

  @Test
  void nothingCanBeResumedThatWasNotBegun() {
    assertThatThrownBy(() -> Chronicle.goOn(file())).isInstanceOf(Options.Misunderstood.class);
  }

  @Test
  void theReportAddsUpEachKind() throws IOException {
    var chronicle = Chronicle.begin(file(), 42);
    chronicle.add(List.of(KILLED, KILLED));
    var report = directory.resolve("faults.md");

    FaultReport.write(report, Profile.LONG, chronicle);

    assertThat(Files.readString(report))
        .contains("seed 42")
        .contains("2 faults into 40 orders so far, of at least 1,000 and 50,000.")
        .contains("**0 violations**")
        .contains("| SIGKILL at relay | 2 | 40 | 36 | 4 | 6 | 0.9 s | 4.2 s | 4.2 s | 0 |")
        .contains("| SIGKILL at relay | 2 |  |  |  |  |");
  }

  private Path file() {
    return directory.resolve("long.jsonl");
  }
}
