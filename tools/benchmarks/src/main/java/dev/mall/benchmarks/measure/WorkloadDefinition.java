package dev.mall.benchmarks.measure;

import dev.mall.benchmarks.load.Assortment;
import dev.mall.benchmarks.load.LoadShape;
import dev.mall.cli.MallService;
import java.util.List;
import java.util.Optional;

/**
 * A definition of the benchmark.
 *
 * @param name begins with the definition's number
 * @param title one line for people
 * @param confirms whether its orders end confirmed; they are cancelled otherwise
 * @param systems names of the systems that are measured in turn
 * @param frozen service that stands still during a part of each window
 */
public record WorkloadDefinition(
    String name,
    String title,
    LoadShape load,
    Assortment assortment,
    boolean confirms,
    List<String> systems,
    Optional<MallService> frozen) {

  public WorkloadDefinition {
    systems = List.copyOf(systems);
  }

  /** All services run. */
  public WorkloadDefinition(
      String name,
      String title,
      LoadShape load,
      Assortment assortment,
      boolean confirms,
      List<String> systems) {
    this(name, title, load, assortment, confirms, systems, Optional.empty());
  }
}
