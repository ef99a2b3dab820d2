package dev.mall.launcher.suite;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Every service starts in a thread group of its own, which the threads it makes inherit. That is
 * how a log line of a shared library is attributed to a service.
 */
final class ServiceThreads {

  private static final String PREFIX = "mall-";

  private ServiceThreads() {}

  /**
   * @param word names the service in the log
   * @param title names it in messages
   */
  static <T> T call(String word, String title, Supplier<T> work) {
    var result = new CompletableFuture<T>();
    var group = new ThreadGroup(PREFIX + word);
    new Thread(group, () -> complete(result, work), "start-" + title).start();
    try {
      return result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  private static <T> void complete(CompletableFuture<T> result, Supplier<T> work) {
    try {
      result.complete(work.get());
    } catch (Throwable e) { // also errors: a caller waits for the result
      result.completeExceptionally(e);
    }
  }

  /** The service whose thread this is, or "mall". */
  static String currentService() {
    var group = Thread.currentThread().getThreadGroup();
    while (group != null && !group.getName().startsWith(PREFIX)) {
      group = group.getParent();
    }
    return group == null ? "mall" : group.getName().substring(PREFIX.length());
  }
}
