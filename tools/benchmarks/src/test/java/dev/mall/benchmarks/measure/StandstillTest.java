package dev.mall.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.benchmarks.load.LoadRecorder;
import dev.mall.cli.Polling;
import dev.mall.embedded.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StandstillTest {

  private static final Duration WINDOW = Duration.ofSeconds(2);

  private Process process;

  @BeforeEach
  void start() throws IOException {
    process = new ProcessBuilder("sleep", "60").start();
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void theProcessStandsStillDuringAPartOfTheWindowOnly() throws InterruptedException {
    long from = System.nanoTime();
    var window = new LoadRecorder(from, from + WINDOW.toNanos());
    assertThat(stands()).isFalse();

    var standstill = CompletableFuture.runAsync(() -> within(window));

    awaitStandstill();
    standstill.join();
    assertThat(stands()).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - from))
        .isGreaterThanOrEqualTo(WINDOW.dividedBy(2));
  }

  @Test
  void theProcessRunsOnIfTheWindowIsCutShort() throws InterruptedException {
    long from = System.nanoTime();
    var window = new LoadRecorder(from, from + Duration.ofMinutes(1).toNanos() / 3);
    var threads = new LoadThreads();
    threads.start(() -> new Standstill(new ServerProcess(process.pid())).within(window));
    awaitStandstill();

    threads.close();

    assertThat(stands()).isFalse();
  }

  private void within(LoadRecorder window) {
    try {
      new Standstill(new ServerProcess(process.pid())).within(window);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitStandstill() throws InterruptedException {
    Polling.require(Duration.ofSeconds(20), this::stands, () -> "the process was not stopped");
  }

  private boolean stands() {
    try {
      var stat = Files.readString(Path.of("/proc/%d/stat".formatted(process.pid())));
      return stat.substring(stat.lastIndexOf(')') + 2).startsWith("T");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
