package dev.mall.chaos.points;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.instrument.ClassFileTransformer;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rewrites classes as they are loaded. */
final class Rewriting implements ClassFileTransformer {

  private static final byte[] MILLIS = "currentTimeMillis".getBytes(StandardCharsets.US_ASCII);

  /** Whose clock is shifted: that of all would cost every start of a service a second or two. */
  private static final List<String> CLOCK_READERS =
      List.of(
          "dev/mall/",
          "org/apache/kafka/",
          "org/springframework/",
          "org/postgresql/",
          "org/redisson/",
          "com/zaxxer/",
          "java/time/");

  private final List<Point> points;
  private final List<Change> changes;

  Rewriting(List<Point> points, Collection<Mutation> mutations) {
    this.points = points;
    this.changes = mutations.stream().flatMap(m -> m.changes().stream()).toList();
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> before,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (name == null) {
      return null; // a hidden class
    }
    try {
      var files = filesOf(loader);
      for (var transform : transforms(loader, name, bytes)) {
        bytes = files.transformClass(files.parse(bytes), transform);
      }
      return bytes;
    } catch (RuntimeException failed) { // the JVM would go on with the class as it was, in silence
      System.err.printf("the fault suite cannot rewrite %s: %s%n", name, failed);
      throw failed;
    }
  }

  private List<ClassTransform> transforms(@Nullable ClassLoader loader, String name, byte[] bytes) {
    if (name.equals("java/time/Clock")) {
      return List.of(Clocks.ofJavaTime());
    }
    if (loader == null && !name.equals("java/time/Clock$SystemClock")) {
      return List.of();
    }
    return Stream.of(
            points.stream().filter(point -> point.className().equals(name)).map(Stopping::at),
            changes.stream().filter(change -> change.className().equals(name)).map(Breaking::by),
            Stream.of(Clocks.ofCallers()).filter(_ -> readsClock(name, bytes)))
        .flatMap(some -> some)
        .toList();
  }

  private static ClassFile filesOf(@Nullable ClassLoader loader) {
    return loader == null
        ? ClassFile.of()
        : ClassFile.of(
            ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
  }

  private static boolean readsClock(String name, byte[] bytes) {
    return CLOCK_READERS.stream().anyMatch(name::startsWith) && contains(bytes, MILLIS);
  }

  private static boolean contains(byte[] bytes, byte[] wanted) {
    for (int i = 0; i <= bytes.length - wanted.length; i++) {
      int same = 0;
      while (same < wanted.length && bytes[i + same] == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return true;
      }
    }
    return false;
  }
}
