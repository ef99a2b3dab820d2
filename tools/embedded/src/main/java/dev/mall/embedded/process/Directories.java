package dev.mall.embedded.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Directories and all that is in them. */
public final class Directories {

  private Directories() {}

  /** Does nothing if there is no such directory. */
  public static void delete(Path directory) throws IOException {
    List<Path> all;
    try (var tree = Files.walk(directory)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException _) {
      return;
    }
    for (var path : all) {
      Files.deleteIfExists(path);
    }
  }
}
