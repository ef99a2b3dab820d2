package dev.mall.messaging.consumer.failure;

/** The number of failures that an operator attributes to the messages themselves. */
public final class ExcusedFailures {

  private int left;

  public synchronized void set(int failures) {
    left = failures;
  }

  public synchronized int left() {
    return left;
  }

  /** Returns whether one more failure was excused. */
  synchronized boolean take() {
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }
}
