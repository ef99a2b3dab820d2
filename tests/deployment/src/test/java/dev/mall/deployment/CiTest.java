package dev.mall.deployment;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@code .ci/run} with a {@code ./mall} that writes logs as Maven would, and {@code ./mall
 * test} with a {@code mvn} that prints as Maven would.
 */
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

  @Test
  void aTestThatFailedIsAFailureThoughMavenSucceeds() throws Exception {
    maven(
        """
        echo "$*" >arguments
        echo '[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0'
        echo '[ERROR] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0'
        echo '[INFO] Tests run: 4, Failures: 0, Errors: 0, Skipped: 0'
        """);

    var run = mallTest();

    assertThat(Files.readString(checkout.resolve("arguments")))
        .as("one failed module hides no other")
        .contains("--fail-at-end", "-Dmaven.test.failure.ignore=true", "clean verify");
    assertThat(run.output()).contains("Tests run: 4").contains("The build failed.");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void aBuildThatMavenGivesUpIsAFailure() throws Exception {
    maven("exit 1");

    assertThat(mallTest().exitCode()).isEqualTo(1);
  }

  @Test
  void testsThatPassAreASuccess() throws Exception {
    maven("echo '[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0'");

    assertThat(mallTest().exitCode()).isZero();
  }

  private void maven(String body) throws IOException {
    Files.copy(Yaml.ROOT.resolve("mall"), checkout.resolve("mall"), COPY_ATTRIBUTES);
    script("mvn", body);
  }

  private Run mallTest() throws Exception {
    var builder = new ProcessBuilder(checkout.resolve("mall").toString(), "test");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().merge("PATH", checkout.toString(), (path, first) -> first + ":" + path);
    return run(builder);
  }

  private void mall(String body) throws IOException {
    script("mall", body);
  }

  private void script(String name, String body) throws IOException {
    var script = checkout.resolve(name);
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private Run run() throws Exception {
    return run(new ProcessBuilder(checkout.resolve(".ci/run").toString()));
  }

  private static Run run(ProcessBuilder builder) throws Exception {
    var process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(output, process.waitFor());
  }

  private record Run(String output, int exitCode) {}
}
