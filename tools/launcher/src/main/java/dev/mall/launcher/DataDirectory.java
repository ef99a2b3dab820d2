package dev.mall.launcher;

import dev.mall.embedded.process.Directories;
import dev.mall.embedded.process.DirectoryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The directory of one mall's data, locked for as long as it runs. */
final class DataDirectory implements AutoCloseable {

  private final Path data;
  private final boolean passing;
  private final DirectoryLock lock;

  private DataDirectory(Path data, boolean passing, DirectoryLock lock) {
    this.data = data;
    this.passing = passing;
    this.lock = lock;
  }

  /** Another mall uses the directory. */
  static final class TakenException extends RuntimeException {
    TakenException(Path directory) {
      super(
          """
          Another mall runs on %s (%s).
          Stop that first, or try ./mall demo --once, which needs no directory of its own.\
          """
              .formatted(directory, DirectoryLock.lastHolder(directory)));
    }
  }

  static DataDirectory open(LauncherOptions options) throws IOException {
    var directory = options.once() ? Files.createTempDirectory("mall-once-") : options.directory();
    var lock = DirectoryLock.tryLock(directory).orElseThrow(() -> new TakenException(directory));
    var home = new DataDirectory(directory.resolve("data"), options.once(), lock);
    if (options.fresh()) {
      Directories.delete(home.data);
      Files.deleteIfExists(home.accepted());
    }
    return home;
  }

  /** A temporary mall has a log of its own, since another may be running. */
  static Path log(LauncherOptions options) {
    return options.directory().resolve("logs").resolve(options.once() ? "once.log" : "mall.log");
  }

  Path data() {
    return data;
  }

  /** The journal of the orders that were accepted here. */
  Path accepted() {
    return data.resolveSibling("accepted");
  }

  /** The users of the gateway, and its secrets: they belong to the data. */
  Path logins() {
    return data.resolve("logins.properties");
  }

  /** The file from which ./mall verify reads the databases' addresses while they run. */
  Path databases() {
    return data.resolveSibling("databases.properties");
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(databases());
    lock.close();
    if (passing) {
      Directories.delete(Optional.ofNullable(data.getParent()).orElseThrow());
    }
  }
}
