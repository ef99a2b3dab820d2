package dev.mall.benchmarks.load;

/** No orders at all. */
public record Idle() implements LoadShape {

  @Override
  public void run(OrderClient client, LoadRecorder recorder) {
    // an idle system is given nothing to do
  }
}
