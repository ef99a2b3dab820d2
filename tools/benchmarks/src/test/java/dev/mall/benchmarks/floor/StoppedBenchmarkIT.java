package dev.mall.benchmarks.floor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.cli.Polling;
import dev.mall.embedded.process.Commands;
import dev.mall.embedded.process.Jvm;
import dev.mall.embedded.process.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However the benchmark ends, no process of its systems stays. */
class StoppedBenchmarkIT {

  private static final Duration GONE_WITHIN = Duration.ofSeconds(40);

  @TempDir private Path home;

  /** Ctrl-C has the effect of TERM, but a process in the background of a script ignores it. */
  @ParameterizedTest
  @CsvSource({"TERM, stay", "KILL, stay", ", fail"})
  void leavesNoProcess(String signal, String behaviour) throws Exception {
    var benchmark = start(behaviour);
    var processes = processes(benchmark);
    assertThat(processes).hasSize(2);

    if (signal != null) {
      Commands.run("kill", "-s", signal, Long.toString(benchmark.pid()));
    }
    benchmark.waitFor();

    Polling.require(
        GONE_WITHIN,
        () -> processes.stream().noneMatch(ServerProcess::alive),
        () -> "processes stay: " + processes.stream().map(ServerProcess::pid).toList());
    assertThat(benchmark.isAlive()).isFalse();
  }

  private Process start(String behaviour) throws IOException {
    return new ProcessBuilder(
            Jvm.program(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            RunningFloor.class.getName(),
            home.resolve("floor").toString(),
            behaviour)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static List<ServerProcess> processes(Process benchmark) throws IOException {
    var line = benchmark.inputReader(StandardCharsets.UTF_8).readLine();
    return Arrays.stream(line.split(" ")).map(Long::valueOf).map(ServerProcess::new).toList();
  }
}
