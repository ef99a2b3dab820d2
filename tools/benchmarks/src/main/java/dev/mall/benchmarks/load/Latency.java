package dev.mall.benchmarks.load;

import org.HdrHistogram.Histogram;

/** Percentiles in milliseconds. */
public record Latency(long count, double p50, double p90, double p99, double max) {

  private static final double NANOS = 1e6;

  static Latency of(Histogram nanos) {
    return new Latency(
        nanos.getTotalCount(),
        nanos.getValueAtPercentile(50) / NANOS,
        nanos.getValueAtPercentile(90) / NANOS,
        nanos.getValueAtPercentile(99) / NANOS,
        nanos.getMaxValue() / NANOS);
  }
}
