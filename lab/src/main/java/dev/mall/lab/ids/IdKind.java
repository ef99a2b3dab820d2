package dev.mall.lab.ids;

import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * A kind of id, and the way in which workers make it.
 *
 * @param bits of an id, as it is stored
 * @param coordination what a worker needs from others, and when
 * @param perWorker ids that each worker makes in the comparison
 * @param parse the facts that an id alone discloses
 */
record IdKind<T extends Comparable<T>>(
    String name,
    int bits,
    String coordination,
    int perWorker,
    Workers<T> workers,
    Function<T, String> parse) {

  /** Starts a worker, which makes ids on one thread. */
  interface Workers<T> {
    Callable<T> start() throws Exception;
  }
}
