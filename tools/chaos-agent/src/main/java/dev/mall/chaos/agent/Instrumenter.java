package dev.mall.chaos.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes {@link CrashPoint}s and a clock that can be shifted into the classes of jars. */
public final class Instrumenter implements AutoCloseable {

  /** Who is made to read the shifted clock. */
  private static final List<String> CLOCK_READERS =
      List.of(
          "dev/mall/",
          "org/apache/kafka/",
          "org/springframework/",
          "org/postgresql/",
          "org/redisson/",
          "com/zaxxer/");

  private final URLClassLoader world;
  private final ClassFile files;

  /**
   * @param classPath everything that the classes to be instrumented know
   */
  public Instrumenter(Collection<Path> classPath) {
    world = new URLClassLoader(classPath.stream().map(Instrumenter::url).toArray(URL[]::new), null);
    files =
        ClassFile.of(
            ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(world)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
  }

  /** Copies a jar; classes in which nothing is to be changed stay as they are, byte by byte. */
  public void instrument(Path from, Path to) throws IOException {
    try (var jar = new JarFile(from.toFile())) {
      var instrumented = instrumented(jar);
      if (instrumented.isEmpty()) {
        Files.copy(from, to);
      } else {
        write(jar, instrumented, to);
      }
    }
  }

  /** The classes of a jar that are to be changed, by their entries' names. */
  private Map<String, byte[]> instrumented(JarFile jar) throws IOException {
    var changed = new TreeMap<String, byte[]>();
    for (var entry : jar.stream().filter(Instrumenter::mayChange).toList()) {
      var bytes = bytes(jar, entry);
      var transforms = instrumentation(files.parse(bytes));
      if (!transforms.isEmpty()) {
        changed.put(entry.getName(), transformed(bytes, transforms));
      }
    }
    return changed;
  }

  private static void write(JarFile jar, Map<String, byte[]> instrumented, Path to)
      throws IOException {
    try (var out = new ZipOutputStream(Files.newOutputStream(to))) {
      out.setLevel(Deflater.BEST_SPEED);
      for (var entry : jar.stream().toList()) {
        var bytes = instrumented.get(entry.getName());
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(bytes == null ? bytes(jar, entry) : bytes);
      }
    }
  }

  /**
   * Writes the classes that break promises as files below a directory, to come first on the class
   * path. Those that the service does not have are left out.
   */
  public void mutateInto(Path directory, Mutation... mutations) throws IOException {
    var changes =
        Arrays.stream(mutations).flatMap(mutation -> mutation.changes().stream()).toList();
    for (var name : changes.stream().map(CodeChange::className).distinct().toList()) {
      try (var original = world.getResourceAsStream(name + ".class")) {
        if (original != null) {
          var file = directory.resolve(name + ".class");
          Files.createDirectories(file.getParent());
          Files.write(file, transformed(original.readAllBytes(), mutating(name, changes)));
        }
      }
    }
  }

  private byte[] transformed(byte[] bytes, List<ClassTransform> transforms) {
    for (var transform : transforms) {
      bytes = files.transformClass(files.parse(bytes), transform);
    }
    return bytes;
  }

  private static List<ClassTransform> mutating(String name, List<CodeChange> changes) {
    return changes.stream()
        .filter(change -> change.className().equals(name))
        .map(MutationTransform::by)
        .toList();
  }

  private static List<ClassTransform> instrumentation(ClassModel model) {
    var name = model.thisClass().asInternalName();
    return Stream.concat(
            Arrays.stream(CrashPoint.values())
                .filter(point -> point.className().equals(name))
                .map(CrashPointTransform::at),
            Stream.of(ClockTransform.shifted()).filter(_ -> ClockTransform.areReadBy(model)))
        .toList();
  }

  private static boolean mayChange(JarEntry entry) {
    return entry.getName().endsWith(".class")
        && CLOCK_READERS.stream().anyMatch(entry.getName()::startsWith);
  }

  private static byte[] bytes(JarFile jar, ZipEntry entry) throws IOException {
    try (var in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    world.close();
  }
}
