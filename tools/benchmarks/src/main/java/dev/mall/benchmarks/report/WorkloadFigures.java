package dev.mall.benchmarks.report;

import dev.mall.benchmarks.measure.WindowResult;
import dev.mall.benchmarks.measure.WorkloadDefinition;
import dev.mall.benchmarks.measure.Workloads;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The systems under one workload.
 *
 * @param differences between systems of which one does the work of the other and more
 */
public record WorkloadFigures(
    String name, String title, List<SystemFigures> systems, List<SystemDifference> differences) {

  public WorkloadFigures {
    systems = List.copyOf(systems);
    differences = List.copyOf(differences);
  }

  static WorkloadFigures of(WorkloadDefinition workload, List<WindowResult> windows) {
    return new WorkloadFigures(
        workload.name(),
        workload.title(),
        workload.systems().stream()
            .map(system ->
                SystemFigures.of(
                    system,
                    windows.stream()
                        .filter(window -> window.isOf(workload.name(), system))
                        .toList()))
            .toList(),
        SystemDifference.of(workload, windows));
  }

  /** A median as a multiple of floor A's. */
  OptionalDouble ratio(SystemFigures system, Figure figure) {
    var own = Optional.ofNullable(system.figures().get(figure));
    var floor =
        systems.stream()
            .filter(each -> each.system().equals(Workloads.FLOOR_A))
            .flatMap(each -> Optional.ofNullable(each.figures().get(figure)).stream())
            .filter(spread -> spread.median() > 0)
            .findFirst();
    return own.isPresent() && floor.isPresent()
        ? OptionalDouble.of(own.get().median() / floor.get().median())
        : OptionalDouble.empty();
  }
}
