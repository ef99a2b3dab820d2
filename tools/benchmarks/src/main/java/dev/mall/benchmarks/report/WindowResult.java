package dev.mall.benchmarks.report;

import dev.mall.benchmarks.load.LoadFigures;
import dev.mall.benchmarks.usage.Usage;

/**
 * One measured window.
 *
 * @param workload its name
 * @param system the measured system
 * @param round from 1
 * @param completed orders that became final within the window
 */
public record WindowResult(
    String workload, String system, int round, long completed, LoadFigures load, Usage usage) {

  public double cpuMillisPerOrder() {
    return perOrder(usage.totalCpuMillis());
  }

  public double perOrder(double total) {
    return completed == 0 ? 0 : total / completed;
  }

  public double perOrder(long total) {
    return perOrder((double) total);
  }
}
