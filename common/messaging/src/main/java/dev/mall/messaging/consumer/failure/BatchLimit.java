package dev.mall.messaging.consumer.failure;

/**
 * How many messages a consumer handles in one transaction: half as many after each timeout, a tenth
 * more after each transaction that was full and fitted. So a slow database gets transactions that
 * it can finish.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc5681">TCP's congestion control</a>
 */
public final class BatchLimit {

  private static final int GROWTH = 10;

  private final int most;
  private int size;

  public BatchLimit(int most) {
    this.most = most;
    this.size = most;
  }

  public synchronized int size() {
    return size;
  }

  /** Raises the limit after a transaction of this many messages was committed. */
  public synchronized void fitted(int messages) {
    if (messages >= size) {
      size = Math.min(most, size + Math.max(1, size / GROWTH));
    }
  }

  /** Lowers the limit after a transaction of this many messages timed out. */
  public synchronized void exceeded(int messages) {
    size = Math.max(1, Math.min(size, messages / 2));
  }
}
