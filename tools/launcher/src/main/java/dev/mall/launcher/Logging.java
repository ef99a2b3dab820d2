package dev.mall.launcher;

import java.nio.file.Path;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** One log for all of the JVM, as {@code logback.xml} has it. */
final class Logging {

  private Logging() {}

  /** To be called before anything logs. */
  static void begin(Path file) {
    System.setProperty("mall.log", file.toString());
    // Spring Boot would set up the one logging of this JVM for each service again
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }
}
