package dev.mall.embedded.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Held by the process that uses a directory; the system frees it when the process dies. */
public final class DirectoryLock implements AutoCloseable {

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Locks the directory, which is made when missing, or returns empty if it is locked already. */
  public static Optional<DirectoryLock> tryLock(Path directory) throws IOException {
    Files.createDirectories(directory);
    var channel =
        FileChannel.open(file(directory), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
      if (locked) {
        var pid = Long.toString(ProcessHandle.current().pid());
        channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
      }
      return locked ? Optional.of(new DirectoryLock(channel)) : Optional.empty();
    } catch (OverlappingFileLockException _) {
      return Optional.empty();
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  /** The process that locked the directory last, as recorded in the lock's file. */
  public static String lastHolder(Path directory) {
    try {
      return "process " + Files.readString(file(directory));
    } catch (IOException _) {
      return "another process";
    }
  }

  private static Path file(Path directory) {
    return directory.resolve("lock");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
