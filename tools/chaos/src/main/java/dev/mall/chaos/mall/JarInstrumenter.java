package dev.mall.chaos.mall;

import dev.mall.chaos.agent.Instrumenter;
import dev.mall.cli.MallService;
import dev.mall.cli.ServiceJar;
import dev.mall.embedded.process.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Extracts the services' jars, as their images do, and instruments them. The result stays in {@code
 * .mall/chaos/jars}, for all malls, until a jar changes.
 */
final class JarInstrumenter {

  private static final String CLASSES = "BOOT-INF/classes/";
  private static final String LIBRARIES = "BOOT-INF/lib/";

  private final Path root;
  private final Path place;

  /**
   * @param root of the repository, where the jars are built
   */
  JarInstrumenter(Path root) {
    this.root = root;
    this.place = root.resolve(".mall/chaos/jars");
  }

  /** All services, ready to be started. */
  Map<MallService, InstrumentedService> instrument() {
    var jars = new EnumMap<MallService, JarFile>(MallService.class);
    try {
      for (var service : MallService.values()) {
        jars.put(service, new JarFile(ServiceJar.of(root, service).toFile()));
      }
      instrumentUnlessDone(jars);
      var instrumented = new EnumMap<MallService, InstrumentedService>(MallService.class);
      for (var jar : jars.entrySet()) {
        instrumented.put(jar.getKey(), instrumented(jar.getKey(), jar.getValue()));
      }
      return instrumented;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      jars.values().forEach(JarInstrumenter::close);
    }
  }

  /** One process at a time; it must not run while another mall has what was made before. */
  private void instrumentUnlessDone(Map<MallService, JarFile> jars) throws IOException {
    Files.createDirectories(place);
    try (var channel =
            FileChannel.open(
                place.resolveSibling("jars.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      var content = contentOf(jars);
      var done = place.resolve("done");
      if (!Files.exists(done) || !Files.readString(done).equals(content)) {
        Directories.delete(place);
        instrument(jars);
        // a copy, since a cache of classes is of no use once a jar has another time
        Files.copy(points(), place.resolve(points().getFileName()));
        Files.writeString(done, content);
      }
    }
  }

  private void instrument(Map<MallService, JarFile> jars) throws IOException {
    var plain = Files.createDirectories(place.resolve("plain"));
    for (var jar : jars.entrySet()) {
      unpack(jar.getValue(), plain.resolve(nameOf(jar.getKey())), plain);
    }
    List<Path> all;
    try (var files = Files.list(plain)) {
      all = files.toList();
    }
    try (var instrumenter = new Instrumenter(all)) {
      for (var jar : all) {
        instrumenter.instrument(jar, place.resolve(jar.getFileName()));
      }
    }
    Directories.delete(plain);
  }

  /**
   * The service's own classes go into a jar, with its directories, which Spring looks for;
   * libraries are placed next to it: others may share them.
   */
  private static void unpack(JarFile jar, Path own, Path libraries) throws IOException {
    try (var classes = new ZipOutputStream(Files.newOutputStream(own))) {
      for (var entry : jar.stream().toList()) {
        var name = entry.getName();
        try (var bytes = jar.getInputStream(entry)) {
          if (name.startsWith(CLASSES) && !name.equals(CLASSES)) {
            classes.putNextEntry(new ZipEntry(name.substring(CLASSES.length())));
            bytes.transferTo(classes);
          } else if (name.startsWith(LIBRARIES) && !name.equals(LIBRARIES)) {
            var library = libraries.resolve(name.substring(LIBRARIES.length()));
            if (!Files.exists(library)) {
              Files.copy(bytes, library);
            }
          }
        }
      }
    }
  }

  private InstrumentedService instrumented(MallService service, JarFile jar) throws IOException {
    var classPath = new ArrayList<Path>();
    classPath.add(place.resolve(points().getFileName()));
    classPath.add(place.resolve(nameOf(service)));
    librariesIn(jar).map(place::resolve).forEach(classPath::add);
    return new InstrumentedService(
        jar.getManifest().getMainAttributes().getValue("Start-Class"),
        classPath,
        place.resolve(service.title() + ".aot"));
  }

  /** The index reads {@code - "BOOT-INF/lib/name.jar"}, line by line. */
  private static Stream<String> librariesIn(JarFile jar) throws IOException {
    try (var index = jar.getInputStream(jar.getEntry("BOOT-INF/classpath.idx"))) {
      return new String(index.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.substring(line.lastIndexOf('/') + 1, line.length() - 1));
    }
  }

  /** Names and checksums of all that is in the jars, and in what is instrumented into them. */
  private String contentOf(Map<MallService, JarFile> jars) throws IOException {
    var content = new StringBuilder(Runtime.version().toString()).append('\n');
    try (var points = new JarFile(points().toFile())) {
      Stream.concat(jars.values().stream(), Stream.of(points))
          .flatMap(JarFile::stream)
          .forEach(entry ->
              content.append(entry.getCrc()).append(' ').append(entry.getName()).append('\n'));
    }
    return content.toString();
  }

  private Path points() {
    return root.resolve("tools/chaos-agent/target/mall-chaos-agent.jar");
  }

  private static String nameOf(MallService service) {
    return service.title() + ".jar";
  }

  private static void close(JarFile jar) {
    try {
      jar.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
