package dev.mall.benchmarks.mall;

import java.util.List;

/** Closes several processes. */
public final class Closing {

  private Closing() {}

  /** Closes all of them, in order, even if one of them cannot be closed, and then throws. */
  public static void all(List<? extends AutoCloseable> processes) {
    var failures = new IllegalStateException("not every process was ended in order");
    for (var process : processes) {
      try {
        process.close();
      } catch (Exception e) { // each kind; it is thrown below
        failures.addSuppressed(e);
      }
    }
    if (failures.getSuppressed().length > 0) {
      throw failures;
    }
  }
}
