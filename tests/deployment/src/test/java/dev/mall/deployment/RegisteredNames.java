package dev.mall.deployment;

import dev.mall.deployment.PromQl.Selector;
import dev.mall.testing.telemetry.TelemetryRegistry;
import dev.mall.testing.telemetry.TelemetryRegistry.Metric;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Judges expressions of rules and dashboards by the registry of metrics. */
final class RegisteredNames {

  /** Labels of every sample that Prometheus has scraped from a program. */
  private static final Set<String> TARGET = Set.of("job", "instance", "service");

  /** Prometheus' own, about its scrapes. */
  private static final String UP = "up";

  private final TelemetryRegistry registry;
  private final Set<String> recorded;

  /**
   * @param recorded names of recording rules, whose samples have the label {@code slo} alone
   */
  RegisteredNames(TelemetryRegistry registry, Set<String> recorded) {
    this.registry = registry;
    this.recorded = recorded;
  }

  /** Returns the names in an expression that the registry does not have. */
  List<String> unknown(String expression) {
    var names = PromQl.parse(expression);
    var labels = new HashSet<String>();
    var unknown =
        names.selectors().stream()
            .flatMap(selector -> {
              labels.addAll(labelsOf(selector.metric()));
              return unknown(selector);
            })
            .toList();
    return Stream.concat(
            unknown.stream(), names.grouped().stream().filter(label -> !labels.contains(label)))
        .toList();
  }

  private Stream<String> unknown(Selector selector) {
    var name = selector.metric();
    if (!isKnown(name)) {
      return Stream.of(name);
    }
    var labels = labelsOf(name);
    return selector.labels().entrySet().stream()
        .filter(label ->
            !labels.contains(label.getKey())
                || !registry
                    .metric(name)
                    .map(metric -> has(metric, label.getKey(), label.getValue()))
                    .orElse(true))
        .map(label -> "%s{%s=%s}".formatted(name, label.getKey(), label.getValue()));
  }

  private boolean isKnown(String name) {
    return name.equals(UP)
        || recorded.contains(name)
        || (registry.names(name)
            && registry.metric(name).stream().noneMatch(it -> isNoSample(it, name)));
  }

  private static boolean isNoSample(Metric metric, String name) {
    return metric.type().isComposed() && metric.name().equals(name);
  }

  private Set<String> labelsOf(String name) {
    var labels = new HashSet<>(recorded.contains(name) ? Set.of("slo") : TARGET);
    registry.metric(name).ifPresent(metric -> labels.addAll(metric.labels().keySet()));
    registry.family(name).ifPresent(family -> labels.addAll(family.labels().keySet()));
    if (name.endsWith("_bucket")) {
      labels.add("le");
    }
    return labels;
  }

  private static boolean has(Metric metric, String label, String value) {
    var values = metric.labels().get(label);
    return value.isEmpty() || values == null || values.allows(value);
  }
}
