package dev.mall.benchmarks;

import dev.mall.benchmarks.floor.FloorSystem;
import dev.mall.benchmarks.mall.BenchmarkedGateway;
import dev.mall.benchmarks.mall.BenchmarkedMall;
import dev.mall.benchmarks.mall.CallerIdentity;
import dev.mall.benchmarks.mall.MallBehindGateway;
import dev.mall.benchmarks.mall.MallSystem;
import dev.mall.benchmarks.mall.ServiceProcess;
import dev.mall.benchmarks.measure.MeasuredSystem;
import dev.mall.benchmarks.measure.Measurement;
import dev.mall.benchmarks.measure.WindowLog;
import dev.mall.benchmarks.measure.Workloads;
import dev.mall.benchmarks.report.BenchReport;
import dev.mall.benchmarks.report.MachineInfo;
import dev.mall.benchmarks.report.ReportFiles;
import dev.mall.benchmarks.report.ReportPrinter;
import dev.mall.cli.Terminal;
import dev.mall.cli.UsageException;
import dev.mall.cli.access.EmbeddedIssuer;
import dev.mall.embedded.process.Directories;
import dev.mall.embedded.process.DirectoryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Starts the systems, measures the chosen workloads, and reports. */
final class BenchRun {

  private final BenchOptions options;
  private final Path root;
  private final Path directory;
  private final Terminal terminal;

  /**
   * @param root of the repository
   */
  BenchRun(BenchOptions options, Path root, Terminal terminal) {
    this.options = options;
    this.root = root;
    this.directory = root.resolve(".mall/bench");
    this.terminal = terminal;
  }

  /** Returns whether there is a result. */
  boolean run() throws IOException, SQLException, InterruptedException {
    try (var _ =
        DirectoryLock.tryLock(directory)
            .orElseThrow(() ->
                new UsageException(
                    "%s is used by %s"
                        .formatted(directory, DirectoryLock.lastHolder(directory))))) {
      var log = log();
      var report = measured(log);
      ReportPrinter.print(report, terminal);
      var output = root.resolve(options.output());
      ReportFiles.write(report, output);
      terminal.aside("The report is in " + output);
      return isResult(report);
    }
  }

  private WindowLog log() {
    var file = directory.resolve("windows.jsonl");
    var settings = String.join("; ", settings()) + "; " + MachineInfo.current();
    return options.resume() ? WindowLog.resume(file, settings) : WindowLog.begin(file, settings);
  }

  private BenchReport measured(WindowLog log)
      throws IOException, SQLException, InterruptedException {
    return options.comparesDoors() ? withAndWithoutDoors(log) : besideFloor(log);
  }

  private BenchReport besideFloor(WindowLog log)
      throws IOException, SQLException, InterruptedException {
    try (var issuer = EmbeddedIssuer.start();
        var mall =
            MallSystem.start(
                Workloads.MALL,
                root,
                emptied("mall"),
                CallerIdentity.byTokens(issuer.address(), issuer.credentials()),
                terminal);
        var floor = FloorSystem.start(emptied("floor"));
        var bare = floor.withoutService()) {
      terminal.progress("the mall and floor A are running");
      var systems = new ArrayList<MeasuredSystem>(List.of(mall, floor, bare));
      systems.addAll(mall.inEachMode());
      return measured(systems, log);
    }
  }

  private BenchReport withAndWithoutDoors(WindowLog log)
      throws IOException, SQLException, InterruptedException {
    try (var open =
            MallSystem.start(
                Workloads.OPEN, root, emptied("mall"), CallerIdentity.none(), terminal);
        var gateway = MallBehindGateway.start(root, emptied("guarded-mall"), terminal)) {
      terminal.progress("a mall without an issuer and one with a gateway are running");
      return measured(List.of(open, gateway.direct(), gateway), log);
    }
  }

  private BenchReport measured(List<MeasuredSystem> systems, WindowLog log)
      throws IOException, SQLException, InterruptedException {
    var measurement = new Measurement(options.profile(), systems, log, terminal);
    for (var workload : options.workloads()) {
      measurement.run(workload);
    }
    return BenchReport.of(options.workloads(), log.windows(), settings(), measurement.violations());
  }

  private Path emptied(String name) throws IOException {
    var home = directory.resolve(name);
    Directories.delete(home);
    return Files.createDirectories(home);
  }

  /** In the same order in every run, because a run that is resumed has to have the same. */
  private List<String> settings() {
    var profile = options.profile();
    var settings =
        new ArrayList<>(
            List.of(
                "profile %s: %d rounds, windows of %d s after %d s of the same load; %d orders of warm-up, and %d s of single orders before paced ones"
                    .formatted(
                        profile.name(),
                        profile.rounds(),
                        profile.window().toSeconds(),
                        profile.leadIn().toSeconds(),
                        profile.warmUp(),
                        profile.pacedWarmUp().toSeconds()),
                "%d products, 2 lines per order, %d wallets"
                    .formatted(profile.skus(), profile.customers()),
                "each service: " + String.join(" ", ServiceProcess.OPTIONS),
                "PostgreSQL 18 with fsync and synchronous_commit on; Kafka and Redis on the same machine",
                "settings of the mall other than the defaults: "
                    + new TreeMap<>(BenchmarkedMall.SETTINGS)));
    if (options.comparesDoors()) {
      settings.add(
          "settings of the gateway other than the defaults: "
              + new TreeMap<>(BenchmarkedGateway.SETTINGS));
    }
    return settings;
  }

  private boolean isResult(BenchReport report) {
    if (!report.isSound()) {
      terminal.bad("No result: the data is not sound");
      return false;
    }
    if (report.isComplete()) {
      return true;
    }
    terminal.bad("Some systems have no valid round; --resume measures the void rounds again");
    return options.profile().isSmokeTest();
  }
}
