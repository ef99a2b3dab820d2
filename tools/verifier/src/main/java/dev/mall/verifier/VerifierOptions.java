package dev.mall.verifier;

import dev.mall.cli.MallService;
import dev.mall.cli.OptionParser;
import dev.mall.cli.UsageException;
import dev.mall.verifier.tables.DatabaseAddresses;
import dev.mall.verifier.tables.DatabaseAddresses.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code ./mall verify}. */
final class VerifierOptions {

  private static final Path OF_THE_RUNNING_MALL = Path.of(".mall", "databases.properties");
  private static final Path ACCEPTED_BY_IT = Path.of(".mall", "accepted");

  @Option(names = "--json")
  private boolean json;

  @Option(names = "--live")
  private boolean live;

  @Option(names = "--accepted")
  private @Nullable Path accepted;

  @Option(names = "--databases")
  private @Nullable Path file;

  @Option(names = "--db")
  private List<String> given = List.of();

  @Option(names = "--planted", arity = "1..*")
  private List<String> planted = List.of();

  @Option(names = "--within")
  private long within = VerifierSettings.USUAL.patience().toSeconds();

  @Option(names = "--final-for")
  private long finalFor = VerifierSettings.USUAL.finalFor().toSeconds();

  @Option(names = "--late")
  private long late = VerifierSettings.USUAL.late().toSeconds();

  @Option(names = "--show")
  private int show = VerifierSettings.USUAL.shown();

  private final EnumMap<MallService, Address> addresses = new EnumMap<>(MallService.class);
  private final Set<Long> plantedIds = new HashSet<>();

  /**
   * Parses a command line.
   *
   * @throws UsageException if it makes no sense, or names a file that does not exist
   */
  static VerifierOptions parse(String... arguments) {
    var options = OptionParser.parse(new VerifierOptions(), arguments);
    options.requireSensible();
    return options;
  }

  private void requireSensible() {
    requireFile(accepted);
    requireFile(file);
    requireNotNegative("--within", within);
    requireNotNegative("--final-for", finalFor);
    requireNotNegative("--late", late);
    requireNotNegative("--show", show);
    given.forEach(this::address);
    planted.forEach(this::plant);
  }

  boolean json() {
    return json;
  }

  VerifierSettings settings() {
    return new VerifierSettings(
        live,
        Duration.ofSeconds(within),
        Duration.ofSeconds(finalFor),
        Duration.ofSeconds(late),
        plantedIds,
        Optional.ofNullable(accepted),
        Math.min(show, Integer.MAX_VALUE / 2));
  }

  /**
   * Returns the databases that were given, else those of the environment, else those of the mall
   * that runs here, whose journal is then used, too.
   */
  DatabaseAddresses databases() throws IOException {
    if (!addresses.isEmpty()) {
      return DatabaseAddresses.at(addresses);
    }
    if (file != null) {
      return DatabaseAddresses.in(file);
    }
    if (DatabaseAddresses.areIn(System::getenv)) {
      return DatabaseAddresses.of(System::getenv);
    }
    if (Files.exists(OF_THE_RUNNING_MALL)) {
      if (accepted == null && Files.exists(ACCEPTED_BY_IT)) {
        accepted = ACCEPTED_BY_IT;
      }
      return DatabaseAddresses.in(OF_THE_RUNNING_MALL);
    }
    throw new UsageException("No mall runs here: start ./mall up, or say where the databases are");
  }

  private void address(String value) {
    int end = value.indexOf('=');
    var name = end < 0 ? value : value.substring(0, end);
    try {
      var service = MallService.valueOf(name.toUpperCase(Locale.ROOT));
      addresses.put(service, new Address(value.substring(end + 1), null, null));
    } catch (IllegalArgumentException _) {
      throw new UsageException(
          "--db needs order=, inventory=, payment=, notification= or saga= and a JDBC URL");
    }
  }

  /** Adds an id, or those in a file. */
  private void plant(String idOrFile) {
    if (!Files.exists(Path.of(idOrFile))) {
      plantedIds.add(orderId(idOrFile));
      return;
    }
    try (var lines = Files.lines(Path.of(idOrFile))) {
      lines
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .forEach(line -> plantedIds.add(orderId(line)));
    } catch (IOException e) {
      throw new UsageException("cannot read %s: %s".formatted(idOrFile, e.getMessage()));
    }
  }

  private static long orderId(String value) {
    try {
      return Long.parseUnsignedLong(value);
    } catch (NumberFormatException _) {
      throw new UsageException("--planted needs a number, not '%s'".formatted(value));
    }
  }

  private static void requireFile(@Nullable Path path) {
    if (path != null && !Files.isReadable(path)) {
      throw new UsageException("there is no file " + path);
    }
  }

  private static void requireNotNegative(String option, long value) {
    if (value < 0) {
      throw new UsageException("%s needs a number, not '%d'".formatted(option, value));
    }
  }
}
