package dev.mall.launcher;

import dev.mall.cli.OptionParser;
import dev.mall.cli.UsageException;
import dev.mall.contracts.values.CheckoutMode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code ./mall demo} and {@code ./mall up}. */
final class LauncherOptions {

  private static final int MOST_LOAD = 1_000_000;
  private static final int HIGHEST_BASE = 65_530;
  private static final int USUAL_BASE = 8080;

  @Option(names = "--no-tour")
  private boolean noTour;

  @Option(names = "--once")
  private boolean once;

  @Option(names = "--fresh")
  private boolean fresh;

  @Option(names = "--load")
  private @Nullable Integer load;

  @Option(names = "--rate")
  private @Nullable Integer rate;

  @Option(names = "--mode")
  private @Nullable CheckoutMode mode;

  @Option(names = "--port-base")
  private int portBase = USUAL_BASE;

  @Option(names = "--against")
  private @Nullable String against;

  /**
   * Parses a command line.
   *
   * @throws UsageException if it makes no sense
   */
  static LauncherOptions parse(String... arguments) {
    var options = OptionParser.parse(new LauncherOptions(), arguments);
    options.requireConsistent();
    return options;
  }

  private void requireConsistent() {
    OptionParser.inRange("--port-base", portBase, 1, HIGHEST_BASE);
    if (load != null) {
      OptionParser.inRange("--load", load, 1, MOST_LOAD);
    }
    if (rate != null) {
      OptionParser.inRange("--rate", rate, 1, MOST_LOAD);
    }
    if (load != null && noTour) {
      throw new UsageException("--load needs the tour's shop; use ./mall demo --load");
    }
    if (mode != null && noTour) {
      throw new UsageException(
          "--mode is how the tour's orders are placed; use ./mall demo --mode");
    }
    if (rate != null && load == null) {
      throw new UsageException("--rate is how many orders of --load are placed per second");
    }
    if (against != null) {
      requireHost(against);
      if (once || fresh || noTour) {
        throw new UsageException(
            "--against visits a running mall: it goes with --port-base, --mode, --load and --rate only");
      }
    }
  }

  /** A scheme and a host, and nothing else: services differ by port. */
  private static void requireHost(String value) {
    if (!value.matches("https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])/?")) {
      throw new UsageException(
          "--against needs an address without a port, as http://127.0.0.1, not '%s'; --port-base says which ports"
              .formatted(value));
    }
  }

  /** Whether orders are placed after the start. */
  boolean tour() {
    return !noTour;
  }

  /** Whether free ports and a temporary directory are used, and the tour ends the run. */
  boolean once() {
    return once;
  }

  /** Whether the data of earlier starts are deleted first. */
  boolean fresh() {
    return fresh;
  }

  /** How many orders are placed at once after the tour; 0 for none. */
  int load() {
    return load == null ? 0 : load;
  }

  /** How many of those per second at most; 0 for as fast as they are accepted. */
  int rate() {
    return rate == null ? 0 : rate;
  }

  /** The checkout mode that orders of tour and load name; without it they name none. */
  Optional<CheckoutMode> mode() {
    return Optional.ofNullable(mode);
  }

  /** The services listen on the five ports above it. */
  int portBase() {
    return portBase;
  }

  /** The host of a running mall that the tour uses; without it one is started. */
  Optional<URI> against() {
    return Optional.ofNullable(against).map(URI::create);
  }

  /** The directory of data and logs. */
  Path directory() {
    return Path.of(".mall");
  }
}
