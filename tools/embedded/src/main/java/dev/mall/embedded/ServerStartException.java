package dev.mall.embedded;

import dev.mall.embedded.process.DirectoryLock;
import org.jspecify.annotations.Nullable;

/** A server did not start; nothing of it is left running. */
public sealed class ServerStartException extends RuntimeException {

  ServerStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Another process listens on the port. */
  public static final class PortTaken extends ServerStartException {
    private final int port;

    PortTaken(String server, int port) {
      super("%s cannot listen on port %d: it is taken".formatted(server, port), null);
      this.port = port;
    }

    public int port() {
      return port;
    }
  }

  /** A server of another living process, or of this one, uses the directory. */
  public static final class DirectoryTaken extends ServerStartException {
    DirectoryTaken(Place place) {
      super(
          "%s is in use by %s"
              .formatted(place.directory(), DirectoryLock.lastHolder(place.directory())),
          null);
    }
  }
}
