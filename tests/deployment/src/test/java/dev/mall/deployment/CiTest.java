package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code .ci/run} with a {@code ./mall} that writes logs as Maven would. */
class CiTest {

  @TempDir Path checkout;

  @BeforeEach
  void copy() throws IOException {
    Files.createDirectories(checkout.resolve(".ci"));
    Files.createDirectories(checkout.resolve(".mall/logs"));
    Files.copy(Yaml.ROOT.resolve(".ci/run"), checkout.resolve(".ci/run"));
  }

  @Test
  void addsUpTheTestsOfBothLogs() throws Exception {
    mall("echo '[INFO] Tests run: 4, Failures: 0, Errors: 0, Skipped: 1' >.mall/logs/$1.log");

    var run = run();

    assertThat(run.output()).contains("6 passed, 0 failed, 2 skipped");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void countsOnAndFailsWhenTheTestsFailed() throws Exception {
    mall(
        """
        echo '[ERROR] Tests run: 3, Failures: 1, Errors: 1, Skipped: 0' >.mall/logs/$1.log
        [ "$1" = check ]\
        """);

    var run = run();

    assertThat(run.output()).contains("2 passed, 4 failed, 0 skipped").contains("FAILED");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void failsWhenATestFailedThoughEveryCommandClaimsToHaveSucceeded() throws Exception {
    mall("echo '[ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 0' >.mall/logs/$1.log");

    assertThat(run().exitCode()).isEqualTo(1);
  }

  @Test
  void doesNotCountTheLogsOfAnEarlierRun() throws Exception {
    Files.writeString(
        checkout.resolve(".mall/logs/check.log"),
        "[INFO] Tests run: 9, Failures: 0, Errors: 0, Skipped: 0\n");
    mall("exit 3");

    var run = run();

    assertThat(run.output()).contains("0 passed, 0 failed, 0 skipped");
    assertThat(run.exitCode()).isNotZero();
  }

  private void mall(String body) throws IOException {
    var script = checkout.resolve("mall");
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private Run run() throws Exception {
    var process =
        new ProcessBuilder(checkout.resolve(".ci/run").toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(output, process.waitFor());
  }

  private record Run(String output, int exitCode) {}
}
