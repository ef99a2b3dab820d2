package dev.mall.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The threads of one window: its orders, and disturbances. */
final class LoadThreads implements AutoCloseable {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> works = new ArrayList<>();

  interface Work {
    void run() throws InterruptedException;
  }

  void start(Work work) {
    works.add(
        threads.submit(() -> {
          work.run();
          return null;
        }));
  }

  /**
   * Returns when all works have ended.
   *
   * @throws IllegalStateException if one of them failed
   */
  void join() throws InterruptedException {
    try {
      for (var work : works) {
        work.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the load failed", e.getCause());
    }
  }

  /** Interrupts the works that still run, and returns when they have ended. */
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
