package dev.mall.benchmarks.measure;

import dev.mall.benchmarks.load.Assortment;
import dev.mall.benchmarks.load.LoadShape;
import java.util.List;

/**
 * A definition of the benchmark.
 *
 * @param name begins with the definition's number
 * @param title one line for people
 * @param confirms whether its orders end confirmed; they are cancelled otherwise
 * @param systems names of the systems that are measured in turn, the mall first
 */
public record WorkloadDefinition(
    String name,
    String title,
    LoadShape load,
    Assortment assortment,
    boolean confirms,
    List<String> systems) {

  public WorkloadDefinition {
    systems = List.copyOf(systems);
  }
}
