package dev.mall.testing;

import dev.mall.embedded.Server;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;

/** Closes the shared servers when the JVM ends: after Spring's contexts, if there are any. */
final class SharedServerShutdown {

  private static final List<Server> SERVERS = new ArrayList<>();
  private static boolean springFirst;

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              if (!springFirst) {
                closeAll();
              }
            }));
  }

  private SharedServerShutdown() {}

  static synchronized void close(Server server) {
    SERVERS.add(server);
  }

  /** From now on Spring's shutdown hook calls, when every context is closed. */
  static synchronized void afterSpring() {
    if (!springFirst) {
      springFirst = true;
      SpringApplication.getShutdownHandlers().add(SharedServerShutdown::closeAll);
    }
  }

  private static synchronized void closeAll() {
    SERVERS.reversed().forEach(Server::close);
    SERVERS.clear();
  }
}
