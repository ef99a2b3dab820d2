package dev.mall.chaos.mall;

import java.nio.file.Path;

/** Processes that run Java. */
final class Jvm {

  private Jvm() {}

  /** The program that runs this process, too. */
  static String program() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  static void awaitEnd(Process process) {
    try {
      process.waitFor();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
