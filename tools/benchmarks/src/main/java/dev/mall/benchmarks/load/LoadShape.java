package dev.mall.benchmarks.load;

/** When orders are placed. */
public sealed interface LoadShape permits ClosedLoop, OpenLoop, Idle {

  /** Places orders until the end of the recorder's window, and returns when all are answered. */
  void run(OrderClient client, LoadRecorder recorder) throws InterruptedException;
}
