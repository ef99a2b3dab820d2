package dev.mall.chaos;

import dev.mall.chaos.mall.Mall;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The services' log lines from a moment on. */
final class ServiceLogs {

  private static final int LINES_EACH = 8;

  private final Map<Path, Long> from = new LinkedHashMap<>();

  ServiceLogs(Mall mall) throws IOException {
    for (var replica : mall.replicas()) {
      var file = mall.home().resolve(replica.name() + ".log");
      from.put(file, Files.exists(file) ? Files.size(file) : 0);
    }
  }

  /** The last errors and warnings of each. */
  List<String> excerpt() throws IOException {
    var excerpt = new ArrayList<String>();
    for (var entry : from.entrySet()) {
      var said =
          since(entry.getKey(), entry.getValue())
              .lines()
              .filter(line -> line.contains(" ERROR ") || line.contains(" WARN "))
              .toList();
      said.stream()
          .skip(Math.max(0, said.size() - LINES_EACH))
          .map(line -> entry.getKey().getFileName() + ": " + line)
          .forEach(excerpt::add);
    }
    return excerpt;
  }

  private static String since(Path file, long start) throws IOException {
    try (var reader = new RandomAccessFile(file.toFile(), "r")) {
      reader.seek(start);
      var bytes = new byte[(int) Math.min(reader.length() - start, 20_000_000)];
      reader.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
