package dev.mall.launcher;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;

/**
 * The command line.
 *
 * @param tour whether orders are taken after the start
 * @param once whether all is on free ports and in a temporary directory, and stops after the tour
 * @param fresh whether the data of earlier starts are deleted first
 * @param load how many orders are placed at once after the tour; 0 for none
 * @param portBase services listen on the five ports above it
 * @param directory of data and logs
 */
record Options(boolean tour, boolean once, boolean fresh, int load, int portBase, Path directory) {

  private static final int MOST_LOAD = 1_000_000;
  private static final int HIGHEST_BASE = 65_530;

  /** What was typed is not understood; the message says why. */
  static final class Misunderstood extends RuntimeException {
    Misunderstood(String message) {
      super(message);
    }
  }

  static Options parse(String... arguments) {
    var options = new Options(true, false, false, 0, 8080, Path.of(".mall"));
    var rest = new ArrayDeque<>(List.of(arguments));
    while (!rest.isEmpty()) {
      options = options.with(rest.pop(), rest);
    }
    if (options.load > 0 && !options.tour) {
      throw new Misunderstood("--load needs the tour's shop; use ./mall demo --load");
    }
    return options;
  }

  private Options with(String option, ArrayDeque<String> rest) {
    return switch (option) {
      case "--once" -> new Options(tour, true, fresh, load, portBase, directory);
      case "--fresh" -> new Options(tour, once, true, load, portBase, directory);
      case "--no-tour" -> new Options(false, once, fresh, load, portBase, directory);
      case "--load" -> {
        int orders = number(option, rest, 1, MOST_LOAD);
        yield new Options(tour, once, fresh, orders, portBase, directory);
      }
      case "--port-base" -> {
        int base = number(option, rest, 1, HIGHEST_BASE);
        yield new Options(tour, once, fresh, load, base, directory);
      }
      default -> throw new Misunderstood("there is no option " + option);
    };
  }

  private static int number(String option, ArrayDeque<String> rest, int least, int most) {
    var value = rest.isEmpty() ? "" : rest.pop();
    if (!value.matches("[0-9]{1,7}")
        || Integer.parseInt(value) < least
        || Integer.parseInt(value) > most) {
      throw new Misunderstood(
          "%s needs a number from %d to %d, not '%s'".formatted(option, least, most, value));
    }
    return Integer.parseInt(value);
  }
}
