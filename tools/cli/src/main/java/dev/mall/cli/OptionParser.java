package dev.mall.cli;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Parses command lines into fields that carry picocli's annotations. */
public final class OptionParser {

  private OptionParser() {}

  /**
   * Sets the annotated fields of {@code options}; the others keep their values.
   *
   * @throws UsageException if an option is unknown, given more than once without being repeatable,
   *     without its value, or with a value of another type
   */
  public static <T> T parse(T options, String... arguments) {
    try {
      new CommandLine(options)
          .setExpandAtFiles(false)
          .setCaseInsensitiveEnumValuesAllowed(true)
          .parseArgs(arguments);
      return options;
    } catch (ParameterException e) {
      throw new UsageException(message(e));
    }
  }

  /**
   * Checks an integer option's range.
   *
   * @throws UsageException if {@code value} is not from {@code least} to {@code most}
   */
  public static int inRange(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new UsageException(
          "%s needs a number from %d to %d, not '%d'".formatted(option, least, most, value));
    }
    return value;
  }

  /** Returns the names of all options that {@link #parse} accepts for this type. */
  public static Set<String> names(Object options) {
    var names = new TreeSet<String>();
    new CommandLine(options)
        .getCommandSpec()
        .options()
        .forEach(option -> names.add(option.longestName()));
    return names;
  }

  private static String message(ParameterException refused) {
    return switch (refused) {
      case CommandLine.UnmatchedArgumentException unmatched ->
          "there is no option " + unmatched.getUnmatched().getFirst();
      case CommandLine.OverwrittenOptionException repeated ->
          name(repeated.getOverwritten()) + " is given more than once";
      case CommandLine.MissingParameterException missing ->
          name(missing.getMissing().getFirst()) + " needs a value";
      default ->
          refused.getArgSpec() == null
              ? String.valueOf(refused.getMessage())
              : "%s needs %s, not '%s'"
                  .formatted(
                      name(refused.getArgSpec()), wanted(refused.getArgSpec()), refused.getValue());
    };
  }

  private static String wanted(ArgSpec argument) {
    var constants = argument.type().getEnumConstants();
    return constants == null
        ? "a number"
        : Arrays.stream(constants).map(Object::toString).collect(Collectors.joining(" or "));
  }

  private static String name(@Nullable ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : "an argument";
  }
}
