package dev.mall.chaos.mall;

import java.nio.file.Path;

/** Processes that run Java. */
final class Jvm {

  private Jvm() {}

  /** The program that runs this process, too. */
  static String program() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Of a process that is about to end: an interrupted thread waits for it, too. */
  static void awaitEnd(Process process) {
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
