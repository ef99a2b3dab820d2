package dev.mall.launcher.suite;

import dev.mall.embedded.ServerStartException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;

/** Hints for a failed start. */
final class StartupHints {

  private StartupHints() {}

  static String of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      var known = known(cause);
      if (known != null) {
        return known;
      }
    }
    return String.valueOf(failure.getMessage());
  }

  static String portTaken(int port, String user) {
    return """
    Port %d, which %s needs, is taken.
    Stop what listens there, or choose other ports, as with --port-base 9080.\
    """
        .formatted(port, user);
  }

  private static @Nullable String known(Throwable cause) {
    return switch (cause) {
      case PortInUseException taken -> portTaken(taken.getPort(), "a service");
      case ServerStartException.DirectoryTaken taken ->
          taken.getMessage() + ".\nStop that first; it may be another ./mall.";
      default -> null;
    };
  }
}
