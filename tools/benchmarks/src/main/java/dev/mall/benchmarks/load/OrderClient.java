package dev.mall.benchmarks.load;

import java.io.IOException;

/** Sends the orders of an {@link Assortment}, one after the other. Thread-safe. */
public interface OrderClient extends AutoCloseable {

  /**
   * Places the next order.
   *
   * @param untilFinal whether the answer is to come when the order is confirmed or cancelled
   */
  Answer place(boolean untilFinal) throws IOException;

  @Override
  void close();
}
