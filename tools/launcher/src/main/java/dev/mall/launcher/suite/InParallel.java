package dev.mall.launcher.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does several things at once and waits for all of them, also when one fails. */
final class InParallel {

  private InParallel() {}

  /**
   * @throws InterruptedException if the caller was interrupted, which the tasks are then too; all
   *     of them are over
   */
  static void run(int threads, List<Runnable> tasks) throws InterruptedException {
    var running = new ArrayList<Future<?>>();
    try (var executor = Executors.newFixedThreadPool(threads)) {
      tasks.forEach(task -> running.add(executor.submit(task)));
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    for (var task : running) {
      try {
        task.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException failure
            ? failure
            : new CompletionException(e.getCause());
      }
    }
  }

  /** Runs work to its end, also if the caller is interrupted meanwhile. */
  static void undisturbed(Runnable work) {
    var worker = Thread.ofPlatform().name("closing").start(work);
    boolean interrupted = false;
    while (worker.isAlive()) {
      try {
        worker.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
