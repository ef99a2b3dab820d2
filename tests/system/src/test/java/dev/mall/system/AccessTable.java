package dev.mall.system;

import dev.mall.cli.access.MachineClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Who may send which operation, by access.txt, with which AccessTest compares the rules. */
final class AccessTable {

  private static final Path FILE =
      Path.of("..", "deployment", "src", "test", "resources", "access.txt");

  /** In front of the expectations: service, method, path. */
  private static final int NAMES = 3;

  /** By method and path: the expectations by the titles of their columns. */
  private final Map<String, Map<String, String>> rows = new HashMap<>();

  private AccessTable(List<List<String>> lines) {
    var titles = lines.getFirst();
    for (var line : lines.subList(1, lines.size())) {
      var expected = new HashMap<String, String>();
      for (int i = NAMES; i < titles.size(); i++) {
        expected.put(titles.get(i), line.get(i));
      }
      rows.put(line.get(1) + " " + line.get(2), expected);
    }
  }

  static AccessTable read() throws IOException {
    try (var lines = Files.lines(FILE)) {
      return new AccessTable(
          lines
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(line -> List.of(line.split(" +")))
              .toList());
    }
  }

  List<MachineClient> allowed(ApiOperation operation) {
    return Arrays.stream(MachineClient.values())
        .filter(client -> allows(operation, Optional.of(client)))
        .toList();
  }

  /** The programs that may not, and none. */
  List<Optional<MachineClient>> refused(ApiOperation operation) {
    return Stream.concat(
            Stream.of(Optional.<MachineClient>empty()),
            Arrays.stream(MachineClient.values()).map(Optional::of))
        .filter(client -> !allows(operation, client))
        .toList();
  }

  private boolean allows(ApiOperation operation, Optional<MachineClient> client) {
    var row = Objects.requireNonNull(rows.get(operation.method() + " " + operation.path()));
    var expected = row.get(client.map(MachineClient::role).orElse("none"));
    return "yes".equals(expected);
  }
}
