package dev.mall.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was typed behind {@code ./mall chaos}.
 *
 * @param only faults whose name or kind contains it
 * @param time after which the leg ends with the next judgement
 */
record Options(
    Profile profile,
    Optional<Long> seed,
    Optional<String> only,
    boolean resume,
    Optional<Duration> time,
    Optional<Integer> times) {

  /** What was typed is not understood; the message says why. */
  static final class Misunderstood extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Misunderstood(String message) {
      super(message);
    }
  }

  static Options parse(String... arguments) {
    var options =
        new Options(
            Profile.SHORT,
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty());
    var rest = new ArrayDeque<>(List.of(arguments));
    while (!rest.isEmpty()) {
      options = options.with(rest.pop(), rest);
    }
    if (options.resume && options.seed.isPresent()) {
      throw new Misunderstood("--resume goes on with the seed it began with; leave --seed out");
    }
    return options;
  }

  private Options with(String option, ArrayDeque<String> rest) {
    return switch (option) {
      case "--profile" ->
          new Options(Profile.named(value(option, rest)), seed, only, resume, time, times);
      case "--seed" ->
          new Options(profile, Optional.of(number(option, rest)), only, resume, time, times);
      case "--only" ->
          new Options(
              profile,
              seed,
              Optional.of(value(option, rest).toLowerCase(Locale.ROOT)),
              resume,
              time,
              times);
      case "--resume" -> new Options(profile, seed, only, true, time, times);
      case "--minutes" ->
          new Options(
              profile,
              seed,
              only,
              resume,
              Optional.of(Duration.ofMinutes(number(option, rest))),
              times);
      case "--times" ->
          new Options(
              profile, seed, only, resume, time, Optional.of((int) (long) number(option, rest)));
      default -> throw new Misunderstood("there is no option " + option);
    };
  }

  private static String value(String option, ArrayDeque<String> rest) {
    if (rest.isEmpty()) {
      throw new Misunderstood(option + " needs a value");
    }
    return rest.pop();
  }

  private static Long number(String option, ArrayDeque<String> rest) {
    var value = value(option, rest);
    try {
      return Long.parseUnsignedLong(value);
    } catch (NumberFormatException _) {
      throw new Misunderstood("%s needs a number, not '%s'".formatted(option, value));
    }
  }
}
