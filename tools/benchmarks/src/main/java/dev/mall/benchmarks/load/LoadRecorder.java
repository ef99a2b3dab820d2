package dev.mall.benchmarks.load;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/** Records the requests of one window, by {@link System#nanoTime}. */
public final class LoadRecorder {

  private static final int SIGNIFICANT_DIGITS = 3;

  private final long from;
  private final long until;
  private final ConcurrentHistogram latency = new ConcurrentHistogram(SIGNIFICANT_DIGITS);
  private final LongAdder answered = new LongAdder();
  private final LongAdder shed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicBoolean everShed = new AtomicBoolean();

  public LoadRecorder(long from, long until) {
    this.from = from;
    this.until = until;
    latency.setAutoResize(true);
  }

  public long from() {
    return from;
  }

  public long until() {
    return until;
  }

  /**
   * @param due when the request was to be sent, which may be before it was
   */
  void answered(long due, long now) {
    if (isWithin(due)) {
      latency.recordValue(now - due);
    }
    count(answered, now);
  }

  void shed(long now) {
    everShed.set(true);
    count(shed, now);
  }

  void failed(long now) {
    count(failed, now);
  }

  /** Whether a request was refused, within the window or outside it. */
  public boolean hasShed() {
    return everShed.get();
  }

  private void count(LongAdder counter, long now) {
    if (isWithin(now)) {
      counter.increment();
    }
  }

  private boolean isWithin(long nanos) {
    return nanos - from >= 0 && nanos - until < 0;
  }

  /** After the load generator has ended. */
  public LoadFigures figures() {
    return new LoadFigures(answered.sum(), shed.sum(), failed.sum(), Latency.of(latency));
  }
}
