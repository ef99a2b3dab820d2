package dev.mall.benchmarks.report;

import java.util.List;

/** Median and extremes of the valid rounds. */
public record Spread(double median, double min, double max) {

  /**
   * @param values at least one
   */
  static Spread of(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(median, sorted.getFirst(), sorted.getLast());
  }
}
