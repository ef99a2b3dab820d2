package dev.mall.benchmarks.measure;

import dev.mall.benchmarks.load.Latency;
import dev.mall.benchmarks.load.LoadFigures;
import dev.mall.benchmarks.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * One measured window.
 *
 * @param workload its name
 * @param system the measured system
 * @param round from 1
 * @param completed orders that reached the expected final status within the window
 * @param backlogGrowth by how many more orders were open at the end than at the start
 * @param bystanders latency of requests that no order of theirs made wait; null if there were none
 */
public record WindowResult(
    String workload,
    String system,
    int round,
    long completed,
    long backlogGrowth,
    LoadFigures load,
    @Nullable Latency bystanders,
    Usage usage,
    RoundVerdict verdict) {

  public boolean isOf(String workload, String system) {
    return this.workload.equals(workload) && this.system.equals(system);
  }

  public double ordersPerSecond() {
    return completed / usage.seconds();
  }

  public double perOrder(double total) {
    return completed == 0 ? 0 : total / completed;
  }

  public double perOrder(long total) {
    return perOrder((double) total);
  }
}
