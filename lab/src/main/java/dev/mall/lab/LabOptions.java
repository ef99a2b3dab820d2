package dev.mall.lab;

import dev.mall.cli.OptionParser;
import dev.mall.cli.UsageException;
import dev.mall.lab.study.Study;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments of {@code ./mall lab}. */
final class LabOptions {

  @Parameters(arity = "0..1")
  private @Nullable String name;

  @Option(names = "--all")
  private boolean all;

  @Option(names = "--seed")
  private long seed = 1;

  @Option(names = "--write")
  private boolean write;

  /**
   * Parses a command line.
   *
   * @throws UsageException if it makes no sense
   */
  static LabOptions parse(String... arguments) {
    var options = OptionParser.parse(new LabOptions(), arguments);
    if (options.all && options.name != null) {
      throw new UsageException(
          "--all runs everything; leave out '%s' or --all".formatted(options.name));
    }
    return options;
  }

  /**
   * The studies to run; none to list them.
   *
   * @throws UsageException if there is no study of this name
   */
  List<Study> studies() {
    var wanted = name;
    if (all) {
      return Chapters.studies().toList();
    }
    return wanted == null
        ? List.of()
        : Chapters.named(wanted).orElseThrow(() -> new UsageException(unknown(wanted)));
  }

  long seed() {
    return seed;
  }

  /** Whether pages go to docs/lab, which is under version control. */
  boolean writesDocuments() {
    return write;
  }

  private static String unknown(String wanted) {
    return "There is no experiment '%s'. There are:%n%s"
        .formatted(
            wanted,
            Chapters.studies().map(study -> "  " + study.name()).collect(Collectors.joining("\n")));
  }
}
