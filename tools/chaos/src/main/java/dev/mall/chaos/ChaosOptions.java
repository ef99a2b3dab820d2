package dev.mall.chaos;

import dev.mall.cli.OptionParser;
import dev.mall.cli.UsageException;
import dev.mall.contracts.values.CheckoutMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code ./mall chaos}. */
final class ChaosOptions {

  private static final int MOST = 1_000_000;

  @Option(names = "--profile")
  private String profileName = Profile.SHORT.name();

  @Option(names = "--mode")
  private CheckoutMode mode = CheckoutMode.SAGA;

  @Option(names = "--seed")
  private @Nullable Long seed;

  @Option(names = "--only")
  private @Nullable String only;

  @Option(names = "--resume")
  private boolean resume;

  @Option(names = "--minutes")
  private @Nullable Integer minutes;

  @Option(names = "--times")
  private int times = 1;

  /**
   * Parses a command line.
   *
   * @throws UsageException if it makes no sense
   */
  static ChaosOptions parse(String... arguments) {
    var options = OptionParser.parse(new ChaosOptions(), arguments);
    options.requireConsistent();
    return options;
  }

  private void requireConsistent() {
    var profile = Profile.named(profileName);
    OptionParser.inRange("--times", times, 1, MOST);
    if (minutes != null) {
      OptionParser.inRange("--minutes", minutes, 1, MOST);
    }
    if (mode != CheckoutMode.SAGA && setup() == MallSetup.UPGRADE) {
      throw new UsageException("--only upgrade begins with a release that knows no other --mode");
    }
    if (resume && seed != null) {
      throw new UsageException("--resume goes on with the seed it began with; leave --seed out");
    }
    if (resume && only != null) {
      throw new UsageException("--resume goes on with a profile; leave --only out");
    }
    if (times > 1 && !profile.isOneOfEachKind()) {
      throw new UsageException("--times is for the short profile and --only; leave it out");
    }
  }

  Profile profile() {
    return Profile.named(profileName);
  }

  /** The checkout mode of all orders. */
  CheckoutMode mode() {
    return mode;
  }

  Optional<Long> seed() {
    return Optional.ofNullable(seed);
  }

  /** Part of the name or kind of the faults to inject, in lower case. */
  Optional<String> only() {
    return Optional.ofNullable(only).map(name -> name.toLowerCase(Locale.ROOT));
  }

  boolean resume() {
    return resume;
  }

  /** The leg ends with the first judgement after this time. */
  Optional<Duration> time() {
    return Optional.ofNullable(minutes).map(Duration::ofMinutes);
  }

  /** How often all faults are injected. */
  int times() {
    return times;
  }

  MallSetup setup() {
    return MallSetup.of(only());
  }

  /** Profile and mode. */
  String command() {
    return "./mall chaos --profile %s%s"
        .formatted(profile().name(), mode == CheckoutMode.SAGA ? "" : " --mode " + mode);
  }

  /** The command that repeats the same campaign. */
  String commandFor(long usedSeed) {
    return "%s%s%s --seed %d"
        .formatted(
            command(),
            only().map(" --only '%s'"::formatted).orElse(""),
            times > 1 ? " --times " + times : "",
            usedSeed);
  }
}
