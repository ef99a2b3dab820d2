package dev.mall.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a server lives.
 *
 * @param directory of its data and its log; made when missing
 * @param port on 127.0.0.1; 0 takes a free one, which the server then keeps
 * @param deletedOnClose whether closing the server deletes the directory
 */
public record Place(Path directory, int port, boolean deletedOnClose) {

  public Place {
    directory = directory.toAbsolutePath().normalize();
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("no port: " + port);
    }
  }

  /** A new directory and a free port. */
  public static Place temporary() {
    try {
      return new Place(Files.createTempDirectory("mall-"), 0, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A directory that stays, and a port of its own or 0 for a free one. */
  public static Place lasting(Path directory, int port) {
    return new Place(directory, port, false);
  }

  Path data() {
    return directory.resolve("data");
  }

  Path log() {
    return directory.resolve("server.log");
  }
}
