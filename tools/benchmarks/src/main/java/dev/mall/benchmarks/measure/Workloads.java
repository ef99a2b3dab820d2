package dev.mall.benchmarks.measure;

import dev.mall.benchmarks.load.Assortment;
import dev.mall.benchmarks.load.ClosedLoop;
import dev.mall.benchmarks.load.Idle;
import dev.mall.benchmarks.load.OpenLoop;
import dev.mall.cli.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The definitions of the benchmark, in the order in which they are run. */
public final class Workloads {

  public static final String MALL = "mall";
  public static final String FLOOR_A = "floor A";
  public static final String FLOOR_A0 = "floor A0";

  private static final ClosedLoop CONNECTIONS = new ClosedLoop(64);
  private static final List<Integer> RATES = List.of(5, 20, 50, 100);
  private static final List<String> WITH_FLOOR = List.of(MALL, FLOOR_A);

  private Workloads() {}

  /**
   * @param usual the products and customers of all workloads but those that change them
   */
  public static List<WorkloadDefinition> all(Assortment usual) {
    var all = new ArrayList<WorkloadDefinition>();
    all.add(
        new WorkloadDefinition(
            "B1-closed",
            "64 connections place orders without waiting for their outcome",
            CONNECTIONS,
            usual,
            true,
            List.of(MALL, FLOOR_A, FLOOR_A0)));
    all.add(
        new WorkloadDefinition(
            "B2-hot-sku",
            "the same, one product in every order",
            CONNECTIONS,
            usual.asHot(),
            true,
            WITH_FLOOR));
    for (int rate : RATES) {
      all.add(
          new WorkloadDefinition(
              "B3-paced-" + rate,
              "%d orders/s at fixed times, each waits for its outcome".formatted(rate),
              new OpenLoop(rate),
              usual,
              true,
              WITH_FLOOR));
    }
    all.add(new WorkloadDefinition("B3-idle", "no orders", new Idle(), usual, true, WITH_FLOOR));
    all.add(
        new WorkloadDefinition(
            "B5-declined",
            "as B1, every payment is declined",
            CONNECTIONS,
            usual.asPoor(),
            false,
            WITH_FLOOR));
    return all;
  }

  /**
   * Selects workloads by part of their name, in any case.
   *
   * @throws UsageException with all names if there is none
   */
  public static List<WorkloadDefinition> named(List<WorkloadDefinition> all, String part) {
    var lower = part.toLowerCase(Locale.ROOT);
    var chosen =
        all.stream().filter(each -> each.name().toLowerCase(Locale.ROOT).contains(lower)).toList();
    if (chosen.isEmpty()) {
      throw new UsageException(
          "there is no workload '%s'; there are %s"
              .formatted(
                  part,
                  all.stream().map(WorkloadDefinition::name).collect(Collectors.joining(", "))));
    }
    return chosen;
  }
}
