package dev.mall.benchmarks.measure;

import dev.mall.benchmarks.load.Assortment;
import dev.mall.benchmarks.load.Latency;
import dev.mall.benchmarks.load.LoadFigures;
import dev.mall.benchmarks.usage.DatabaseCounters;
import dev.mall.benchmarks.usage.Usage;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Windows for tests. */
public final class Windows {

  private Windows() {}

  public static WorkloadDefinition workload(String name) {
    return Workloads.named(Workloads.all(new Assortment(10, 2, 5)), name).getFirst();
  }

  public static WorkloadDefinition doors(String name) {
    return Workloads.named(Workloads.doors(new Assortment(10, 2, 5)), name).getFirst();
  }

  /** A window of ten seconds. */
  public static WindowResult window(
      String workload, String system, int round, long orders, double cpuMillis) {
    return window(workload, system, round, orders, cpuMillis, RoundVerdict.VALID);
  }

  public static WindowResult window(
      String workload,
      String system,
      int round,
      long orders,
      double cpuMillis,
      RoundVerdict verdict) {
    return window(workload, system, round, orders, cpu(cpuMillis), verdict, null);
  }

  /**
   * A window of orders through the gateway.
   *
   * @param cpuMillis of the processes behind it
   */
  public static WindowResult gateway(
      String workload, int round, long orders, double cpuMillis, double gatewayCpuMillis) {
    var cpu = new HashMap<>(cpu(cpuMillis));
    cpu.put("gateway", gatewayCpuMillis);
    return window(workload, "gateway", round, orders, cpu, RoundVerdict.VALID, null);
  }

  private static Map<String, Double> cpu(double cpuMillis) {
    return Map.of("service", cpuMillis * 3 / 4, "postgresql", cpuMillis / 4);
  }

  /** A window of 50 orders and 100 bystanders. */
  public static WindowResult frozen(String workload, String system, double slowestMillis) {
    var bystanders = new Latency(100, 3, 5, 8, slowestMillis);
    return window(workload, system, 1, 50, cpu(1_000), RoundVerdict.VALID, bystanders);
  }

  private static WindowResult window(
      String workload,
      String system,
      int round,
      long orders,
      Map<String, Double> cpuMillis,
      RoundVerdict verdict,
      @Nullable Latency bystanders) {
    return new WindowResult(
        workload,
        system,
        round,
        orders,
        0,
        new LoadFigures(orders, 0, 0, new Latency(orders, 10, 20, 30, 40)),
        bystanders,
        new Usage(
            10,
            cpuMillis,
            Map.of("mall_order", 5.0),
            50,
            5,
            0.02,
            Map.of("mall_order", new DatabaseCounters(orders * 7, orders * 20)),
            orders * 3_000,
            orders * 11,
            Map.of("service", 300_000_000L, "postgresql", 100_000_000L)),
        verdict);
  }
}
