package dev.mall.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Command line options of {@code ./mall chaos}.
 *
 * @param only faults whose name or kind contains it
 * @param time after which the leg ends with the next judgement
 * @param times how often the faults are gone through
 */
record ChaosOptions(
    Profile profile,
    Optional<Long> seed,
    Optional<String> only,
    boolean resume,
    Optional<Duration> time,
    int times) {

  /** The command line is invalid; the message says why. */
  static final class Misunderstood extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Misunderstood(String message) {
      super(message);
    }
  }

  ChaosOptions {
    if (resume && seed.isPresent()) {
      throw new Misunderstood("--resume goes on with the seed it began with; leave --seed out");
    }
    if (resume && only.isPresent()) {
      throw new Misunderstood("--resume goes on with a profile; leave --only out");
    }
    if (times > 1 && !profile.isOneOfEachKind()) {
      throw new Misunderstood("--times is for the short profile and --only; leave it out");
    }
  }

  MallSetup setup() {
    return MallSetup.of(only);
  }

  /** The command that repeats the same campaign. */
  String commandFor(long seed) {
    return "./mall chaos --profile %s%s%s --seed %d"
        .formatted(
            profile.name(),
            only.map(" --only '%s'"::formatted).orElse(""),
            times > 1 ? " --times " + times : "",
            seed);
  }

  static ChaosOptions parse(String... arguments) {
    var profile = Profile.SHORT;
    @Nullable Long seed = null;
    @Nullable String only = null;
    boolean resume = false;
    @Nullable Duration time = null;
    int times = 1;
    var rest = new ArrayDeque<>(List.of(arguments));
    while (!rest.isEmpty()) {
      var option = rest.pop();
      switch (option) {
        case "--profile" -> profile = Profile.named(value(option, rest));
        case "--seed" -> seed = number(option, rest);
        case "--only" -> only = value(option, rest).toLowerCase(Locale.ROOT);
        case "--resume" -> resume = true;
        case "--minutes" -> time = Duration.ofMinutes(atLeastOne(option, rest));
        case "--times" -> times = atLeastOne(option, rest);
        default -> throw new Misunderstood("there is no option " + option);
      }
    }
    return new ChaosOptions(
        profile,
        Optional.ofNullable(seed),
        Optional.ofNullable(only),
        resume,
        Optional.ofNullable(time),
        times);
  }

  private static String value(String option, ArrayDeque<String> rest) {
    if (rest.isEmpty()) {
      throw new Misunderstood(option + " needs a value");
    }
    return rest.pop();
  }

  private static int atLeastOne(String option, ArrayDeque<String> rest) {
    long number = number(option, rest);
    if (number < 1 || number > 1_000_000) {
      throw new Misunderstood("%s is between 1 and 1,000,000".formatted(option));
    }
    return (int) number;
  }

  private static long number(String option, ArrayDeque<String> rest) {
    var value = value(option, rest);
    try {
      return Long.parseUnsignedLong(value);
    } catch (NumberFormatException _) {
      throw new Misunderstood("%s needs a number, not '%s'".formatted(option, value));
    }
  }
}
