package dev.mall.chaos.mall;

import dev.mall.cli.MallService;
import dev.mall.embedded.process.Jvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A release that was made before, as {@code ./mall} keeps it in {@code .mall/releases}: each
 * service's jar, extracted, without the suite's points in it.
 *
 * @param directory with a directory for each service
 */
public record Release(String version, Path directory) {

  /** The system property by which {@code ./mall} names the directory. */
  private static final String DIRECTORY = "mall.chaos.release";

  /** The release before today's code; empty if there are no jars of it. */
  public static Optional<Release> previous() {
    return Optional.ofNullable(System.getProperty(DIRECTORY))
        .map(directory -> Path.of(directory).toAbsolutePath())
        .filter(Files::isDirectory)
        .map(directory -> new Release(directory.getFileName().toString(), directory));
  }

  public Build of(MallService service) {
    var jar = directory.resolve(service.title()).resolve(service.title() + ".jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException("release %s has no %s".formatted(version, jar));
    }
    return _ -> {
      var command = new ArrayList<>(List.of(Jvm.program()));
      command.addAll(InstrumentedService.OPTIONS);
      command.addAll(List.of("-jar", jar.toString()));
      return command;
    };
  }
}
