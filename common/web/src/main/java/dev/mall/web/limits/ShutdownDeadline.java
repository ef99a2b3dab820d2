package dev.mall.web.limits;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process a bounded time after SIGTERM. Shutdown waits for requests that run, and a
 * request that never ends, or takes every carrier of the virtual threads, would hold it up
 * indefinitely.
 */
final class ShutdownDeadline {

  private static final Logger log = LoggerFactory.getLogger(ShutdownDeadline.class);
  private static final int TERMINATED = 128 + 15;
  private static final Duration REPORTED_WITHIN = Duration.ofSeconds(1);

  private ShutdownDeadline() {}

  static void register(Duration within) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> watch(within), "shutdown-deadline"));
  }

  /** A daemon on a platform thread: it neither delays the end nor needs a free carrier. */
  private static void watch(Duration within) {
    Thread.ofPlatform().daemon().name("shutdown-watch").start(() -> haltAfter(within));
  }

  private static void haltAfter(Duration within) {
    try {
      Thread.sleep(within);
      report(within).join(REPORTED_WITHIN);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(TERMINATED);
  }

  /** In a thread of its own: a virtual thread without a carrier may hold the lock of the log. */
  private static Thread report(Duration within) {
    return Thread.ofPlatform()
        .daemon()
        .start(() -> log.error("still shutting down after {}: ending the process", within));
  }
}
