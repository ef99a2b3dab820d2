package dev.mall.embedded.process;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The servers' programs: unpacked once per version into the user's cache directory. */
public final class Binaries {

  private static final Pattern JAR = Pattern.compile("([^/!]+)\\.jar!?/");
  private static final String EXECUTABLE_BY_ALL = "rwxr-xr-x";

  private Binaries() {}

  /** The directory that holds {@code bin}, {@code lib} and {@code share} of PostgreSQL. */
  public static Path postgres() throws IOException {
    return unpacked(Platform.current().postgresArchive, Binaries::extract);
  }

  public static Path redisServer() throws IOException {
    var home =
        unpacked(
            Platform.current().redisBinary,
            (binary, into) -> {
              var program = into.resolve("redis-server");
              Files.copy(binary, program);
              makeExecutable(program);
            });
    return home.resolve("redis-server");
  }

  private interface Unpacking {
    void unpack(InputStream resource, Path into) throws IOException;
  }

  private static Path unpacked(String resource, Unpacking unpacking) throws IOException {
    var url = Binaries.class.getClassLoader().getResource(resource);
    if (url == null) {
      throw new IOException("%s is not on the class path".formatted(resource));
    }
    var home = cache().resolve(versionOf(url));
    if (Files.isDirectory(home)) {
      return home;
    }
    var fresh = Files.createTempDirectory(home.getParent(), "unpacking-");
    try (var in = new BufferedInputStream(url.openStream(), 1 << 16)) {
      unpacking.unpack(in, fresh);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(EXECUTABLE_BY_ALL));
      moveUnlessDone(fresh, home);
    } finally {
      Directories.delete(fresh);
    }
    return home;
  }

  /** A second process uses the directory that the first unpacked. */
  private static void moveUnlessDone(Path fresh, Path home) throws IOException {
    try {
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(home)) {
        throw e;
      }
    }
  }

  private static void extract(InputStream archive, Path into) throws IOException {
    try (var tar = new TarArchiveInputStream(new XZInputStream(archive))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        var target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
          throw new IOException("archive entry leaves its directory: " + entry.getName());
        }
        extract(entry, tar, target);
      }
    }
  }

  private static void extract(TarArchiveEntry entry, TarArchiveInputStream tar, Path target)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, target);
    if ((entry.getMode() & 0b001_000_000) != 0) {
      makeExecutable(target);
    }
  }

  private static void makeExecutable(Path program) throws IOException {
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString(EXECUTABLE_BY_ALL));
  }

  private static String versionOf(URL resource) {
    var jars = JAR.matcher(resource.toString()).results().map(jar -> jar.group(1)).toList();
    return jars.isEmpty() ? "unversioned" : jars.getLast();
  }

  private static Path cache() throws IOException {
    var configured = System.getenv("XDG_CACHE_HOME");
    var base =
        configured == null || configured.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(configured);
    try {
      return Files.createDirectories(base.resolve("mall"));
    } catch (FileAlreadyExistsException | java.nio.file.AccessDeniedException _) {
      return Files.createDirectories(
          Path.of(System.getProperty("java.io.tmpdir"), "mall-" + System.getProperty("user.name")));
    }
  }
}
