package dev.mall.chaos.mall;

import dev.mall.chaos.agent.InstrumentedMain;
import dev.mall.chaos.agent.Instrumenter;
import dev.mall.chaos.agent.Mutation;
import dev.mall.embedded.process.Directories;
import dev.mall.embedded.process.Jvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A service's jar taken apart, with the suite's points in it.
 *
 * @param mainClass whose {@code main} starts the service
 * @param classPath plain jars: the JVM reads them in half the time that it needs for jars in a jar
 * @param cache where a JVM keeps the classes as it wants them, for others to start in half the time
 */
record InstrumentedService(String mainClass, List<Path> classPath, Path cache) implements Build {

  static final List<String> OPTIONS =
      List.of(
          "-XX:TieredStopAtLevel=1", // quick to start, which is most of what it does here
          "-XX:+UseSerialGC",
          "-Xms64m", // or the cache's objects do not fit
          "-Xmx256m",
          "-Xss512k",
          "-Xlog:disable",
          "-Xlog:all=error:stderr", // not that some parts of a cache are of no use
          "-Duser.timezone=UTC",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  boolean isTrained() {
    return Files.exists(cache);
  }

  @Override
  public List<String> start(Path control) {
    var caching = isTrained() ? Stream.of("-XX:AOTCache=" + cache) : Stream.<String>empty();
    return command(caching, classPath.stream(), control);
  }

  /** Of a process that writes a cache when it is asked to end. */
  List<String> startTraining(Path control) {
    return command(Stream.of("-XX:AOTCacheOutput=" + fresh()), classPath.stream(), control);
  }

  /** After the process that writes the cache has ended. */
  void keepTraining() throws IOException {
    Files.move(fresh(), cache, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path fresh() {
    return cache.resolveSibling(cache.getFileName() + ".new");
  }

  /**
   * Of a process that breaks its promises.
   *
   * @param directory for classes that are broken; what is there already is deleted
   */
  List<String> startBroken(Path control, Path directory, Mutation... broken) throws IOException {
    Directories.delete(directory);
    try (var instrumenter = new Instrumenter(classPath)) {
      instrumenter.mutateInto(directory, broken);
    }
    return command(
        Stream.empty(), Stream.concat(Stream.of(directory), classPath.stream()), control);
  }

  private List<String> command(Stream<String> caching, Stream<Path> classPath, Path control) {
    var command = new ArrayList<>(List.of(Jvm.program()));
    caching.forEach(command::add);
    command.addAll(OPTIONS);
    command.add("-cp");
    command.add(classPath.map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.addAll(List.of(InstrumentedMain.class.getName(), control.toString(), mainClass));
    return command;
  }
}
