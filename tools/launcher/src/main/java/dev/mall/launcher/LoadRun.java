package dev.mall.launcher;

import dev.mall.cli.Terminal;
import dev.mall.launcher.suite.Batches;
import dev.mall.launcher.suite.Suite;
import dev.mall.launcher.tour.Load;
import java.time.Duration;
import java.util.List;

/** Places many orders and prints what they cost. */
final class LoadRun {

  private final Suite suite;
  private final Load load;
  private final Terminal terminal;

  LoadRun(Suite suite, Load load, Terminal terminal) {
    this.suite = suite;
    this.load = load;
    this.terminal = terminal;
  }

  /**
   * @return what did not add up
   */
  List<String> make(int orders) throws InterruptedException {
    load.prepare(orders);
    var batchesBefore = suite.batches();
    var jvmBefore = ownCpu();
    var postgresBefore = suite.postgres().process().cpuTime();
    var result = load.place(orders);
    var jvm = ownCpu().minus(jvmBefore);
    var postgres = suite.postgres().process().cpuTime().minus(postgresBefore);
    print(result, jvm, postgres);
    printBatches(suite.batches().minus(batchesBefore));
    return load.complaints();
  }

  private void print(Load.Result result, Duration jvm, Duration postgres) {
    terminal.line("  " + result);
    terminal.line(
        "  %.2f CPU-ms per order in the JVM (services, Kafka and the load itself), %.2f in PostgreSQL"
            .formatted(
                (double) jvm.toMillis() / result.orders(),
                (double) postgres.toMillis() / result.orders()));
  }

  private void printBatches(Batches batches) {
    terminal.title("Handled at a time");
    terminal.aside("  %-58s %8s %8s".formatted("", "batches", "mean"));
    batches
        .sums()
        .forEach((name, sum) ->
            terminal.line("  %-58s %8d %8.1f".formatted(name, sum.batches(), sum.mean())));
  }

  private static Duration ownCpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
