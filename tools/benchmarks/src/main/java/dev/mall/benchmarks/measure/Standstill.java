package dev.mall.benchmarks.measure;

import dev.mall.benchmarks.load.LoadRecorder;
import dev.mall.benchmarks.load.OpenLoop;
import dev.mall.embedded.process.ServerProcess;
import java.time.Duration;

/**
 * A service that stands still during a part of a window, and bystanders meanwhile.
 *
 * @param service its process, frozen by SIGSTOP
 */
record Standstill(ServerProcess service) {

  static final OpenLoop BYSTANDERS = new OpenLoop(10, true);

  private static final Duration LASTS = Duration.ofSeconds(10);

  /** Begins after a tenth of the window, and lasts for half of it at most. */
  void within(LoadRecorder window) throws InterruptedException {
    long length = window.until() - window.from();
    WindowRunner.sleepUntil(window.from() + length / 10);
    service.suspend();
    try {
      Thread.sleep(Duration.ofNanos(Math.min(length / 2, LASTS.toNanos())));
    } finally {
      service.resume();
    }
  }
}
