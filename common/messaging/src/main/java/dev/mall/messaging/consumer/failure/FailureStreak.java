package dev.mall.messaging.consumer.failure;

/**
 * Counts messages that failed alone, in the same way, without any that succeeded in between. A few
 * may be to blame themselves; if many fail alike, something else is broken, and to dead-letter them
 * would empty a topic into its dead letters.
 */
public final class FailureStreak {

  private final int suspicious;
  private String signature = "";
  private String last = "";
  private int length;
  private final ExcusedFailures excused;

  /**
   * @param suspicious length from which on the messages are no longer believed to be the cause
   * @param excused failures that do not count
   */
  public FailureStreak(int suspicious, ExcusedFailures excused) {
    this.suspicious = suspicious;
    this.excused = excused;
  }

  public synchronized void succeeded() {
    length = 0;
  }

  /** Returns whether an operator has decided that this failure is the message's. */
  public synchronized boolean failed(Throwable failure) {
    if (excused.take()) {
      length = 0;
      return true;
    }
    var now = Failures.signatureOf(failure);
    length = now.equals(signature) ? length + 1 : 1;
    signature = now;
    last = Failures.describe(failure);
    return false;
  }

  /** For people. */
  public synchronized String lastFailure() {
    return last;
  }

  /** How many failures are still excused. */
  public int excused() {
    return excused.left();
  }

  public synchronized boolean isSuspicious() {
    return length >= suspicious;
  }
}
