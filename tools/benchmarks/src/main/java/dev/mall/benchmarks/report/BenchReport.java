package dev.mall.benchmarks.report;

import dev.mall.benchmarks.measure.WindowResult;
import dev.mall.benchmarks.measure.WorkloadDefinition;
import java.time.Instant;
import java.util.List;

/**
 * The result of a run.
 *
 * @param date of its end
 * @param settings of the profile and of the systems
 * @param windows every round, void ones included
 * @param violations found in the data of the systems; with any there is no result
 */
public record BenchReport(
    String date,
    MachineInfo machine,
    List<String> settings,
    List<WorkloadFigures> workloads,
    List<WindowResult> windows,
    List<String> violations) {

  public static BenchReport of(
      List<WorkloadDefinition> workloads,
      List<WindowResult> windows,
      List<String> settings,
      List<String> violations) {
    return new BenchReport(
        Instant.now().toString(),
        MachineInfo.current(),
        List.copyOf(settings),
        workloads.stream().map(workload -> WorkloadFigures.of(workload, windows)).toList(),
        List.copyOf(windows),
        List.copyOf(violations));
  }

  public boolean isSound() {
    return violations.isEmpty();
  }

  /** Whether each system has a valid round under each workload. */
  public boolean isComplete() {
    return workloads.stream()
        .flatMap(workload -> workload.systems().stream())
        .allMatch(system -> system.validRounds() > 0);
  }
}
