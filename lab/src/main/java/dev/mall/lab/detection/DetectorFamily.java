package dev.mall.lab.detection;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/**
 * A detector with a setting that trades mistakes for time.
 *
 * @param format of a setting
 * @param usual three intervals, or the default of a product: Akka's and Cassandra's threshold
 */
record DetectorFamily(
    String title,
    String format,
    Range range,
    double usual,
    DoubleFunction<FailureDetector> detector) {

  static final List<DetectorFamily> ALL =
      List.of(
          new DetectorFamily(
              "fixed time-out", "%.0f ms", new Range(100, 4_000), 300, FailureDetector::fixed),
          new DetectorFamily(
              "expected arrival and margin",
              "%.0f ms",
              new Range(5, 4_000),
              200,
              FailureDetector::adaptive),
          new DetectorFamily(
              "phi accrual, normal", "φ = %.1f", new Range(0.3, 300), 8, FailureDetector::phi),
          new DetectorFamily(
              "phi accrual, exponential",
              "φ = %.1f",
              new Range(0.3, 18),
              8,
              FailureDetector::exponentialPhi));

  private static final double GROWTH = 1.05;

  /** From the hastiest setting to the most patient. */
  record Range(double from, double to) {}

  FailureDetector with(double setting) {
    return detector.apply(setting);
  }

  String label(double setting) {
    return String.format(Locale.ROOT, format, setting);
  }

  List<Double> settings() {
    return DoubleStream.iterate(range.from(), s -> s <= range.to(), s -> s * GROWTH)
        .boxed()
        .toList();
  }
}
