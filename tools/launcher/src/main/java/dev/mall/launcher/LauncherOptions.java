package dev.mall.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The command line.
 *
 * @param tour whether orders are taken after the start
 * @param once whether all is on free ports and in a temporary directory, and a tour is its end
 * @param fresh whether the data of earlier starts are deleted first
 * @param load how many orders are placed at once after the tour; 0 for none
 * @param rate how many of those per second at most; 0 for as fast as they are taken
 * @param portBase services listen on the five ports above it
 * @param against where a mall runs that is to be visited; without it one is started
 * @param directory of data and logs
 */
record LauncherOptions(
    boolean tour,
    boolean once,
    boolean fresh,
    int load,
    int rate,
    int portBase,
    Optional<URI> against,
    Path directory) {

  private static final int MOST_LOAD = 1_000_000;
  private static final int HIGHEST_BASE = 65_530;

  /** What was typed is not understood; the message says why. */
  static final class Misunderstood extends RuntimeException {
    Misunderstood(String message) {
      super(message);
    }
  }

  LauncherOptions {
    if (load > 0 && !tour) {
      throw new Misunderstood("--load needs the tour's shop; use ./mall demo --load");
    }
    if (rate > 0 && load == 0) {
      throw new Misunderstood("--rate is how many orders of --load are placed per second");
    }
    if (against.isPresent() && (once || fresh || !tour)) {
      throw new Misunderstood(
          "--against visits a mall that runs already: it goes with --port-base, --load and --rate only");
    }
  }

  static LauncherOptions parse(String... arguments) {
    var line = new CommandLine(arguments);
    var options =
        new LauncherOptions(
            !line.has("--no-tour"),
            line.has("--once"),
            line.has("--fresh"),
            line.number("--load", 0, 1, MOST_LOAD),
            line.number("--rate", 0, 1, MOST_LOAD),
            line.number("--port-base", 8080, 1, HIGHEST_BASE),
            line.host("--against"),
            Path.of(".mall"));
    line.requireEnd();
    return options;
  }
}
