package dev.mall.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** The executable jars of the services and the gateway, as the build leaves them. */
public final class ServiceJar {

  private ServiceJar() {}

  /**
   * Returns the path of a service's jar.
   *
   * @param root of the repository
   * @throws IllegalStateException if it was not built
   */
  public static Path of(Path root, MallService service) {
    return of(root, service.title());
  }

  /**
   * Returns the path of the jar of a module that is a program.
   *
   * @param root of the repository
   * @throws IllegalStateException if it was not built
   */
  public static Path of(Path root, String module) {
    var target = root.resolve(module).resolve("target");
    var jars = FileSystems.getDefault().getPathMatcher("glob:mall-*-exec.jar");
    try (var files = Files.list(target)) {
      return files
          .filter(file -> jars.matches(file.getFileName()))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no jar was built in " + target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
