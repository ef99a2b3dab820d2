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
  private int excused;

  /**
   * @param suspicious length from which on the messages are no longer believed to be the cause
   */
  public FailureStreak(int suspicious) {
    this.suspicious = suspicious;
  }

  public synchronized void succeeded() {
    length = 0;
  }

  /** Returns whether an operator has decided that this failure is the message's. */
  public synchronized boolean failed(Throwable failure) {
    if (excused > 0) {
      excused--;
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

  /** Has the next so many failures taken for the messages' own, whatever they are. */
  public synchronized void excuse(int failures) {
    excused = failures;
    length = 0;
  }

  /** How many failures are still excused. */
  public synchronized int excused() {
    return excused;
  }

  public synchronized boolean isSuspicious() {
    return length >= suspicious;
  }
}
