package dev.mall.benchmarks;

import dev.mall.cli.OptionParser;
import dev.mall.cli.UsageException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code ./mall bench}. */
final class BenchOptions {

  @Option(names = "--profile")
  private @Nullable String profileName;

  @Option(names = "--quick")
  private boolean quick;

  @Option(names = "--only")
  private @Nullable String only;

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
    profile();
  }

  BenchProfile profile() {
    if (quick) {
      return BenchProfile.QUICK;
    }
    return profileName == null ? BenchProfile.FULL : BenchProfile.named(profileName);
  }

  /** Part of the name of the workloads to run, in lower case. */
  Optional<String> only() {
    return Optional.ofNullable(only).map(name -> name.toLowerCase(Locale.ROOT));
  }
}
