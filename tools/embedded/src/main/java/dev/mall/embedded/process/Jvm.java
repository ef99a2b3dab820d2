package dev.mall.embedded.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Processes that run Java. */
public final class Jvm {

  private Jvm() {}

  /** The program that runs this process, too. */
  public static String program() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Of a process that is about to end: an interrupted thread waits for it, too. */
  public static void awaitEnd(Process process) {
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

  /** SIGTERM, and SIGKILL to a process that has not ended in time; returns when it has ended. */
  public static void end(Process process, Duration atMost) {
    process.destroy();
    try {
      process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    awaitEnd(process.destroyForcibly());
  }
}
