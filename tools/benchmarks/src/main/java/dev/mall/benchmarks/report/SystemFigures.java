package dev.mall.benchmarks.report;

import dev.mall.benchmarks.measure.WindowResult;
import dev.mall.benchmarks.usage.Usage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * One system under one workload.
 *
 * @param validRounds on which the figures rest; without any there are none
 * @param voidRounds that do not count
 * @param figures by {@link Figure}; those of an order are absent if there were no orders
 * @param cpuMillisPerOrder by process; without orders, percent of a core
 * @param memoryBytes by process
 */
public record SystemFigures(
    String system,
    int validRounds,
    int voidRounds,
    Map<Figure, Spread> figures,
    Map<String, Spread> cpuMillisPerOrder,
    Map<String, Spread> memoryBytes) {

  static SystemFigures of(String system, List<WindowResult> windows) {
    var valid = windows.stream().filter(window -> !window.verdict().isVoid()).toList();
    boolean idle = valid.stream().allMatch(window -> window.completed() == 0);
    return new SystemFigures(
        system,
        valid.size(),
        windows.size() - valid.size(),
        figures(valid),
        byName(
            valid,
            usage -> usage.cpuMillis(),
            (window, millis) ->
                idle ? Figure.percentOfCore(millis, window.usage()) : window.perOrder(millis)),
        byName(valid, SystemFigures::memory, (_, bytes) -> bytes));
  }

  private static Map<Figure, Spread> figures(List<WindowResult> valid) {
    var figures = new TreeMap<Figure, Spread>();
    for (var figure : Figure.values()) {
      if (!valid.isEmpty() && valid.stream().allMatch(figure::isIn)) {
        figures.put(figure, spread(valid, figure::of));
      }
    }
    return figures;
  }

  private static Spread spread(List<WindowResult> valid, ToDoubleFunction<WindowResult> figure) {
    return Spread.of(valid.stream().map(figure::applyAsDouble).toList());
  }

  private static Map<String, Double> memory(Usage usage) {
    return usage.memoryBytes().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().doubleValue()));
  }

  private interface Scale {
    double of(WindowResult window, double value);
  }

  private interface ByName {
    Map<String, Double> of(Usage usage);
  }

  private static Map<String, Spread> byName(List<WindowResult> valid, ByName values, Scale scale) {
    var spreads = new TreeMap<String, Spread>();
    if (!valid.isEmpty()) {
      for (var name : values.of(valid.getFirst().usage()).keySet()) {
        spreads.put(
            name,
            spread(
                valid,
                window -> scale.of(window, values.of(window.usage()).getOrDefault(name, 0.0))));
      }
    }
    return spreads;
  }
}
