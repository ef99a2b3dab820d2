package dev.mall.benchmarks.report;

import dev.mall.benchmarks.measure.WindowResult;
import dev.mall.benchmarks.measure.WorkloadDefinition;
import dev.mall.benchmarks.measure.Workloads;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How much more one system takes than another under the same workload, round by round: systems that
 * are measured one after the other share the state of the machine.
 *
 * @param cause of the difference, the only one by design
 * @param system that takes more
 * @param than the system that it is compared with
 * @param rounds in which both are valid, on which the figures rest
 * @param figures those of {@link #COMPARED}
 * @param cpuMillisPerOrder by process; a system takes nothing of a process that it does not have
 */
public record SystemDifference(
    String cause,
    String system,
    String than,
    int rounds,
    Map<Figure, Spread> figures,
    Map<String, Spread> cpuMillisPerOrder) {

  static final List<Figure> COMPARED =
      List.of(Figure.CPU_MILLIS_PER_ORDER, Figure.P50, Figure.P90, Figure.P99);

  private record Round(WindowResult system, WindowResult than) {

    double difference(ToDoubleFunction<WindowResult> figure) {
      return figure.applyAsDouble(system) - figure.applyAsDouble(than);
    }

    Stream<String> processes() {
      return Stream.of(system, than).flatMap(each -> each.usage().cpuMillis().keySet().stream());
    }
  }

  /** Those of the systems of a workload; none without a round in which both are valid. */
  static List<SystemDifference> of(WorkloadDefinition workload, List<WindowResult> windows) {
    var valid =
        windows.stream()
            .filter(window -> window.workload().equals(workload.name()))
            .filter(window -> !window.verdict().isVoid())
            .toList();
    return Stream.of(
            between("token validation", Workloads.TOKENS, Workloads.OPEN, valid),
            between("gateway", Workloads.GATEWAY, Workloads.TOKENS, valid))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<SystemDifference> between(
      String cause, String system, String than, List<WindowResult> valid) {
    var rounds =
        valid.stream()
            .filter(window -> window.system().equals(system))
            .flatMap(window ->
                valid.stream()
                    .filter(other -> other.system().equals(than))
                    .filter(other -> other.round() == window.round())
                    .map(other -> new Round(window, other)))
            .toList();
    return rounds.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SystemDifference(
                cause, system, than, rounds.size(), figures(rounds), byProcess(rounds)));
  }

  private static Map<Figure, Spread> figures(List<Round> rounds) {
    var figures = new TreeMap<Figure, Spread>();
    COMPARED.forEach(figure -> figures.put(figure, spread(rounds, figure::of)));
    return figures;
  }

  private static Map<String, Spread> byProcess(List<Round> rounds) {
    Set<String> processes = new TreeSet<>();
    rounds.forEach(round -> round.processes().forEach(processes::add));
    var differences = new TreeMap<String, Spread>();
    for (var process : processes) {
      differences.put(
          process,
          spread(
              rounds,
              window -> window.perOrder(window.usage().cpuMillis().getOrDefault(process, 0.0))));
    }
    return differences;
  }

  private static Spread spread(List<Round> rounds, ToDoubleFunction<WindowResult> figure) {
    return Spread.of(rounds.stream().map(round -> round.difference(figure)).toList());
  }
}
