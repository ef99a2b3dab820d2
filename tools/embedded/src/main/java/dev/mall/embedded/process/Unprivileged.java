package dev.mall.embedded.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL refuses to run as root, which is who one is in most containers. There it runs in a
 * user namespace of its own, where root is unprivileged, but the files stay root's.
 */
public final class Unprivileged {

  private Unprivileged() {}

  public static List<String> wrap(List<String> command) throws IOException {
    if (!System.getProperty("user.name", "").equals("root")) {
      return command;
    }
    requireNamespaces();
    var wrapped = new ArrayList<>(List.of("unshare", "-U"));
    wrapped.addAll(command);
    return wrapped;
  }

  private static void requireNamespaces() throws IOException {
    try {
      Commands.run("unshare", "-U", "true");
    } catch (IOException e) {
      throw new IOException(
          "PostgreSQL refuses to run as root, and user namespaces are not allowed here ("
              + e.getMessage()
              + "): start as an ordinary user",
          e);
    }
  }
}
