package dev.mall.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Java sources, where a name stands nowhere else. */
final class Sources {

  private Sources() {}

  static String of(Service service) {
    return of(service.module);
  }

  static String of(String module) {
    try (var files = Files.walk(Yaml.ROOT.resolve(module).resolve("src/main/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(Sources::read)
          .collect(Collectors.joining("\n"));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
