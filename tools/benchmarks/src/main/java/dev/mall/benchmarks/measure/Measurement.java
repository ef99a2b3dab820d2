package dev.mall.benchmarks.measure;

import dev.mall.benchmarks.load.ClosedLoop;
import dev.mall.benchmarks.load.OpenLoop;
import dev.mall.benchmarks.usage.UsageReader;
import dev.mall.cli.Terminal;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Measures workloads round by round, one system after the other in each round. */
public final class Measurement {

  private final BenchProfile profile;
  private final List<MeasuredSystem> systems;
  private final WindowLog log;
  private final Terminal terminal;
  private final WindowRunner runner;
  private final Set<String> warm = new HashSet<>();
  private final Set<String> warmPaced = new HashSet<>();
  private final List<String> violations = new ArrayList<>();

  /**
   * @param systems all that run
   * @param log of this run; windows in it that are not void are not measured again
   */
  public Measurement(
      BenchProfile profile, List<MeasuredSystem> systems, WindowLog log, Terminal terminal) {
    this.profile = profile;
    this.systems = List.copyOf(systems);
    this.log = log;
    this.terminal = terminal;
    this.runner = new WindowRunner(profile);
  }

  /** Measures every window that the log lacks, and then judges each system's data. */
  public void run(WorkloadDefinition workload)
      throws SQLException, IOException, InterruptedException {
    var missing = log.missing(workload, profile.rounds());
    if (missing.isEmpty()) {
      terminal.progress(workload.name() + ": measured before");
      return;
    }
    for (var system : measured(workload)) {
      prepare(system, workload);
    }
    for (var window : missing) {
      var system = named(window.system());
      var result = runner.measure(system, workload, window.round(), running());
      log.add(result);
      terminal.progress(
          "%s  round %d of %d  %-8s  %s"
              .formatted(
                  workload.name(), window.round(), profile.rounds(), system.name(), line(result)));
    }
    for (var system : measured(workload)) {
      judge(system, workload);
    }
    if (workload.load() instanceof ClosedLoop closed && closed.untilFinal()) {
      measured(workload).stream()
          .map(system -> system.warmedUpBy().name())
          .forEach(warmPaced::add); // its orders came in batches as small as theirs
    }
  }

  private void prepare(MeasuredSystem measured, WorkloadDefinition workload)
      throws SQLException, InterruptedException {
    measured.open(workload.assortment());
    var system = measured.warmedUpBy();
    if (warm.add(system.name())) {
      try (var client = system.client(workload.assortment())) {
        runner.warmUp(system, client, workload.load());
      }
      terminal.progress(system.name() + ": warmed up");
    }
    if (workload.load() instanceof OpenLoop paced && warmPaced.add(system.name())) {
      try (var client = system.client(workload.assortment())) {
        runner.warmUpPaced(system, client, paced);
      }
      terminal.progress(
          "%s: warmed up with single orders for %d s"
              .formatted(system.name(), profile.pacedWarmUp().toSeconds()));
    }
  }

  private void judge(MeasuredSystem system, WorkloadDefinition workload)
      throws SQLException, IOException, InterruptedException {
    Optional<String> found = system.violations();
    found.ifPresent(text -> {
      violations.add("%s, %s: %s".formatted(workload.name(), system.name(), text));
      terminal.bad(text);
    });
  }

  private List<UsageReader> running() {
    return systems.stream().map(MeasuredSystem::usage).toList();
  }

  private List<MeasuredSystem> measured(WorkloadDefinition workload) {
    return workload.systems().stream().map(this::named).toList();
  }

  private MeasuredSystem named(String name) {
    return systems.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private static String line(WindowResult result) {
    var figures =
        result.completed() == 0
            ? "%.1f %% of a core"
                .formatted(result.usage().totalCpuMillis() / result.usage().seconds() / 10)
            : "%.1f orders/s, %.2f CPU-ms per order"
                .formatted(
                    result.ordersPerSecond(), result.perOrder(result.usage().totalCpuMillis()));
    return result.verdict().isVoid() ? figures + "; " + result.verdict().text() : figures;
  }

  /** Found in the data of the systems, by workload. */
  public List<String> violations() {
    return List.copyOf(violations);
  }
}
