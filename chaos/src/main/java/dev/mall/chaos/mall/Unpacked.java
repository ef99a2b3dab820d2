package dev.mall.chaos.mall;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * A service's jar taken apart, as its image has it: the JVM reads plain jars in half the time that
 * it needs for jars within a jar, and services start here all the time.
 *
 * @param mainClass whose {@code main} starts the service
 * @param classPath in the order that the jar demands
 */
record Unpacked(String mainClass, String classPath) {

  private static final String CLASSES = "BOOT-INF/classes/";
  private static final String LIBRARIES = "BOOT-INF/lib/";

  /**
   * @param place gets a folder with the service's own classes and one of libraries for all
   */
  static Unpacked of(Path executable, String service, Path place) {
    var classes = place.resolve(service);
    var libraries = place.resolve("lib");
    try (var jar = new JarFile(executable.toFile())) {
      for (var entry : jar.stream().filter(it -> !it.isDirectory()).toList()) {
        var name = entry.getName();
        if (name.startsWith(CLASSES)) {
          copy(jar, entry, classes.resolve(name.substring(CLASSES.length())));
        } else if (name.startsWith(LIBRARIES)) {
          copy(jar, entry, libraries.resolve(name.substring(LIBRARIES.length())));
        }
      }
      var classPath =
          Stream.concat(Stream.of(classes), librariesIn(jar).map(libraries::resolve))
              .map(Path::toString)
              .collect(Collectors.joining(System.getProperty("path.separator")));
      return new Unpacked(jar.getManifest().getMainAttributes().getValue("Start-Class"), classPath);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another service may have brought the library. */
  private static void copy(JarFile jar, ZipEntry entry, Path to) throws IOException {
    if (!Files.exists(to)) {
      Files.createDirectories(Objects.requireNonNull(to.getParent()));
      try (var bytes = jar.getInputStream(entry)) {
        Files.copy(bytes, to);
      }
    }
  }

  /** The index reads {@code - "BOOT-INF/lib/name.jar"}, line by line. */
  private static Stream<String> librariesIn(JarFile jar) throws IOException {
    try (var index = jar.getInputStream(jar.getEntry("BOOT-INF/classpath.idx"))) {
      return new String(index.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.substring(line.lastIndexOf('/') + 1, line.length() - 1));
    }
  }
}
