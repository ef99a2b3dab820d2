package dev.mall.benchmarks.mall;

import dev.mall.cli.ServiceJar;
import dev.mall.embedded.process.Commands;
import dev.mall.embedded.process.Directories;
import dev.mall.embedded.process.Jvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The programs' jars, extracted as in their images, which start faster than jars in a jar; kept
 * until a jar changes.
 *
 * @param root of the repository
 * @param directory of the result
 */
record ExtractedJars(Path root, Path directory) {

  /**
   * Arguments of the JVM that run a program.
   *
   * @param module of a service or the gateway
   */
  List<String> codeOf(String module) {
    var jar = ServiceJar.of(root, module);
    var extracted = directory.resolve(module);
    var stamp = extracted.resolve("extracted");
    try {
      var version = Files.size(jar) + " " + Files.getLastModifiedTime(jar);
      if (!Files.exists(stamp) || !Files.readString(stamp).equals(version)) {
        Directories.delete(extracted);
        extract(jar, extracted);
        Files.writeString(stamp, version);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of("-jar", extracted.resolve(jar.getFileName()).toString());
  }

  private static void extract(Path jar, Path destination) throws IOException {
    Commands.run(
        List.of(
            Jvm.program(),
            "-XX:TieredStopAtLevel=1",
            "-Djarmode=tools",
            "-jar",
            jar.toString(),
            "extract",
            "--destination",
            destination.toString()));
  }
}
