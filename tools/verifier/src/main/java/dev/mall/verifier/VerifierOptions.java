package dev.mall.verifier;

import dev.mall.verifier.tables.DatabaseAddresses;
import dev.mall.verifier.tables.DatabaseAddresses.Address;
import dev.mall.verifier.tables.MallService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was typed behind {@code ./mall verify}. */
final class VerifierOptions {

  private static final Path OF_THE_RUNNING_MALL = Path.of(".mall", "databases.properties");
  private static final Path ACCEPTED_BY_IT = Path.of(".mall", "accepted");

  private final ArrayDeque<String> rest;
  private final Map<MallService, Address> given = new EnumMap<>(MallService.class);
  private final Set<Long> planted = new HashSet<>();
  private VerifierSettings settings = VerifierSettings.USUAL;
  private boolean json;
  private @Nullable Path file;

  /** What was typed is not understood, or names nothing that is there; the message says why. */
  static final class Misunderstood extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Misunderstood(String message) {
      super(message);
    }
  }

  private VerifierOptions(List<String> arguments) {
    this.rest = new ArrayDeque<>(arguments);
  }

  static VerifierOptions parse(String... arguments) {
    var line = new VerifierOptions(List.of(arguments));
    while (!line.rest.isEmpty()) {
      line.option(line.rest.pop());
    }
    line.settings = line.settings.planted(line.planted);
    return line;
  }

  VerifierSettings settings() {
    return settings;
  }

  boolean json() {
    return json;
  }

  /**
   * Those that were given, else those of the environment, else those of the mall that runs here.
   */
  DatabaseAddresses databases() throws IOException {
    if (!given.isEmpty()) {
      return DatabaseAddresses.at(given);
    }
    if (file != null) {
      return DatabaseAddresses.in(file);
    }
    if (DatabaseAddresses.areIn(System::getenv)) {
      return DatabaseAddresses.of(System::getenv);
    }
    if (Files.exists(OF_THE_RUNNING_MALL)) {
      if (settings.accepted().isEmpty() && Files.exists(ACCEPTED_BY_IT)) {
        settings = settings.accepted(ACCEPTED_BY_IT);
      }
      return DatabaseAddresses.in(OF_THE_RUNNING_MALL);
    }
    throw new Misunderstood("No mall runs here: start ./mall up, or say where the databases are");
  }

  private void option(String option) {
    switch (option) {
      case "--json" -> json = true;
      case "--live" -> settings = settings.asLive();
      case "--accepted" -> settings = settings.accepted(existing(value(option)));
      case "--databases" -> file = existing(value(option));
      case "--db" -> database(value(option));
      case "--planted" -> planted(value(option));
      case "--within" -> settings = settings.waiting(duration(option));
      case "--final-for" -> settings = settings.finalFor(duration(option));
      case "--late" -> settings = settings.late(duration(option));
      case "--show" -> settings = settings.showing(small(option));
      default -> throw new Misunderstood("there is no option " + option);
    }
  }

  private String value(String option) {
    if (rest.isEmpty()) {
      throw new Misunderstood(option + " needs a value");
    }
    return rest.pop();
  }

  private void database(String value) {
    int end = value.indexOf('=');
    var name = end < 0 ? value : value.substring(0, end);
    try {
      var service = MallService.valueOf(name.toUpperCase(Locale.ROOT));
      given.put(service, new Address(value.substring(end + 1), null, null));
    } catch (IllegalArgumentException _) {
      throw new Misunderstood(
          "--db needs order=, inventory=, payment=, notification= or saga= and a JDBC URL");
    }
  }

  /** Ids, or a file of them; as many as there are before the next option. */
  private void planted(String first) {
    add(first);
    while (!rest.isEmpty() && !rest.peek().startsWith("--")) {
      add(rest.pop());
    }
  }

  private void add(String idOrFile) {
    if (!Files.exists(Path.of(idOrFile))) {
      planted.add(number("--planted", idOrFile));
      return;
    }
    try (var lines = Files.lines(Path.of(idOrFile))) {
      lines
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .forEach(line -> planted.add(number("--planted", line)));
    } catch (IOException e) {
      throw new Misunderstood("cannot read %s: %s".formatted(idOrFile, e.getMessage()));
    }
  }

  private Duration duration(String option) {
    return Duration.ofSeconds(number(option, value(option)));
  }

  private int small(String option) {
    return Math.clamp(number(option, value(option)), 0, Integer.MAX_VALUE / 2);
  }

  private static Path existing(String name) {
    var path = Path.of(name);
    if (!Files.isReadable(path)) {
      throw new Misunderstood("there is no file " + name);
    }
    return path;
  }

  private static long number(String option, String value) {
    try {
      return Long.parseUnsignedLong(value);
    } catch (NumberFormatException _) {
      throw new Misunderstood("%s needs a number, not '%s'".formatted(option, value));
    }
  }
}
