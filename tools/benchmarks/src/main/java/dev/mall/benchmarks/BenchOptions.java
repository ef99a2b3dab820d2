package dev.mall.benchmarks;

import dev.mall.benchmarks.load.Assortment;
import dev.mall.benchmarks.measure.BenchProfile;
import dev.mall.benchmarks.measure.WorkloadDefinition;
import dev.mall.benchmarks.measure.Workloads;
import dev.mall.cli.OptionParser;
import dev.mall.cli.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code ./mall bench}. */
final class BenchOptions {

  private static final Path RESULTS = Path.of(".mall/bench/results");

  @Option(names = "--profile")
  private @Nullable String profileName;

  @Option(names = "--quick")
  private boolean quick;

  @Option(names = "--only")
  private @Nullable String only;

  @Option(names = "--resume")
  private boolean resume;

  @Option(names = "--output")
  private Path output = RESULTS;

  /**
   * Parses a command line.
   *
   * @throws UsageException if it makes no sense
   */
  static BenchOptions parse(String... arguments) {
    var options = OptionParser.parse(new BenchOptions(), arguments);
    options.requireConsistent();
    return options;
  }

  private void requireConsistent() {
    if (quick && profileName != null) {
      throw new UsageException("--quick is a profile; leave --profile out");
    }
    workloads();
  }

  BenchProfile profile() {
    if (quick) {
      return BenchProfile.QUICK;
    }
    return profileName == null ? BenchProfile.FULL : BenchProfile.named(profileName);
  }

  /**
   * The chosen workloads; unless some are chosen, all but those of the checkout modes and of tokens
   * and gateway.
   */
  List<WorkloadDefinition> workloads() {
    var usual = profile().assortment();
    if (only == null) {
      return Workloads.all(usual);
    }
    return Workloads.named(family(usual), only);
  }

  private List<WorkloadDefinition> family(Assortment usual) {
    if (isOf(Workloads.MODES)) {
      return Workloads.modes(usual);
    }
    return comparesDoors() ? Workloads.doors(usual) : Workloads.all(usual);
  }

  /** Whether the workloads compare the mall with and without tokens and gateway. */
  boolean comparesDoors() {
    return isOf(Workloads.DOORS);
  }

  private boolean isOf(String family) {
    return only != null && only.toLowerCase(Locale.ROOT).startsWith(family);
  }

  /** Whether the valid rounds of the last run are kept. */
  boolean resume() {
    return resume;
  }

  /** The directory of the report. */
  Path output() {
    return output;
  }
}
