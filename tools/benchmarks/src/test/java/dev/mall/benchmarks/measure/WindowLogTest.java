package dev.mall.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.benchmarks.measure.WindowLog.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowLogTest {

  private static final WorkloadDefinition IDLE = Windows.workload("B3-idle");
  private static final WindowResult VALID = Windows.window("B3-idle", "mall", 1, 0, 300);
  private static final WindowResult VOID =
      Windows.window("B3-idle", "floor A", 1, 0, 20, RoundVerdict.FOREIGN_CPU);

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("runs").resolve("windows.jsonl");
  }

  @Test
  void systemsAlternateRoundByRound() {
    assertThat(WindowLog.begin(file, "full").missing(IDLE, 2))
        .containsExactly(
            new Window("mall", 1),
            new Window("floor A", 1),
            new Window("mall", 2),
            new Window("floor A", 2));
  }

  @Test
  void aResumedRunKeepsValidWindowsAndMeasuresVoidOnesAgain() {
    var log = WindowLog.begin(file, "full");
    log.add(VALID);
    log.add(VOID);

    var resumed = WindowLog.resume(file, "full");

    assertThat(resumed.windows()).containsExactly(VALID);
    assertThat(resumed.missing(IDLE, 1)).containsExactly(new Window("floor A", 1));
    assertThat(WindowLog.resume(file, "full").windows()).containsExactly(VALID);
  }

  @Test
  void theLineOfAKilledRunThatIsCutShortIsMeasuredAgain() throws IOException {
    WindowLog.begin(file, "full").add(VALID);
    Files.writeString(file, "{\"workload\":\"B3-i", StandardOpenOption.APPEND);

    assertThat(WindowLog.resume(file, "full").windows()).containsExactly(VALID);
  }

  @Test
  void aRunWithOtherSettingsIsNotResumed() {
    WindowLog.begin(file, "quick").add(VALID);

    assertThatThrownBy(() -> WindowLog.resume(file, "full"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("quick", "full");
  }

  @Test
  void withoutARunToResumeOneBegins() {
    assertThat(WindowLog.resume(file, "full").windows()).isEmpty();
    assertThat(file).exists();
  }

  @Test
  void aNewRunForgetsTheLast() {
    WindowLog.begin(file, "full").add(VALID);

    assertThat(WindowLog.begin(file, "full").windows()).isEmpty();
    assertThat(WindowLog.resume(file, "full").windows()).isEmpty();
  }
}
