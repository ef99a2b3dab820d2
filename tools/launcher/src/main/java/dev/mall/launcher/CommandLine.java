package dev.mall.launcher;

import dev.mall.launcher.LauncherOptions.Misunderstood;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Arguments in any order; what is asked for is taken out. */
final class CommandLine {

  private final List<String> rest;

  CommandLine(String... arguments) {
    rest = new ArrayList<>(List.of(arguments));
  }

  boolean has(String option) {
    return rest.remove(option);
  }

  int number(String option, int otherwise, int least, int most) {
    return value(option)
        .map(value -> {
          if (!value.matches("[0-9]{1,7}")
              || Integer.parseInt(value) < least
              || Integer.parseInt(value) > most) {
            throw new Misunderstood(
                "%s needs a number from %d to %d, not '%s'".formatted(option, least, most, value));
          }
          return Integer.parseInt(value);
        })
        .orElse(otherwise);
  }

  /** A scheme and a host, and nothing else: services differ by port. */
  Optional<URI> host(String option) {
    return value(option)
        .map(value -> {
          if (!value.matches("https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])/?")) {
            throw new Misunderstood(
                "%s needs an address without a port, as http://127.0.0.1, not '%s'; --port-base says which ports"
                    .formatted(option, value));
          }
          return URI.create(value);
        });
  }

  private Optional<String> value(String option) {
    int at = rest.indexOf(option);
    if (at < 0) {
      return Optional.empty();
    }
    rest.remove(at);
    var value = at < rest.size() ? rest.remove(at) : "";
    if (rest.contains(option)) {
      throw new Misunderstood(option + " is given more than once");
    }
    return Optional.of(value);
  }

  void requireEnd() {
    if (!rest.isEmpty()) {
      throw new Misunderstood("there is no option " + rest.getFirst());
    }
  }
}
