package dev.mall.deployment;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Manifests rendered by kustomize from an overlay. */
final class Manifests {

  static final List<String> OVERLAYS = List.of("dev", "prod", "operators");

  private static final Map<String, List<Yaml>> RENDERED = new ConcurrentHashMap<>();
  private static final Optional<List<String>> KUSTOMIZE =
      Stream.of(List.of("kubectl", "kustomize"), List.of("kustomize", "build"))
          .filter(Manifests::runs)
          .findFirst();

  private Manifests() {}

  /** Where there is neither kubectl nor kustomize, the calling test is left out. */
  static List<Yaml> of(String overlay) {
    assumeTrue(KUSTOMIZE.isPresent(), "kubectl or kustomize is on the PATH");
    return RENDERED.computeIfAbsent(overlay, Manifests::render);
  }

  static Stream<Yaml> of(String overlay, String kind) {
    return of(overlay).stream().filter(manifest -> manifest.at("kind").text().equals(kind));
  }

  private static List<Yaml> render(String overlay) {
    var command = new ArrayList<>(KUSTOMIZE.orElseThrow());
    command.add("k8s/overlays/" + overlay);
    try {
      var process = new ProcessBuilder(command).directory(Yaml.ROOT.toFile()).start();
      process.getOutputStream().close();
      var rendered = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var complaints = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      if (exitCode(process) != 0) {
        throw new AssertionError(command + ": " + complaints);
      }
      return Yaml.parse(rendered);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static boolean runs(List<String> command) {
    try {
      var process =
          new ProcessBuilder(command.getFirst(), "version", "--help")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return exitCode(process) == 0;
    } catch (IOException _) {
      return false;
    }
  }

  private static int exitCode(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
