package dev.mall.testing.telemetry;

import dev.mall.testing.telemetry.PrometheusText.Exported;
import dev.mall.testing.telemetry.TelemetryRegistry.Family;
import dev.mall.testing.telemetry.TelemetryRegistry.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares the registry with what one program exports, in both directions. */
public final class TelemetryComparison {

  /** Of every sample, and those that come with a type. */
  private static final Set<String> COMMON = Set.of("service", "le", "quantile");

  private final TelemetryRegistry registry;
  private final String program;
  private final List<String> complaints = new ArrayList<>();

  private TelemetryComparison(TelemetryRegistry registry, String program) {
    this.registry = registry;
    this.program = program;
  }

  /**
   * Returns each difference as a line.
   *
   * @param program its name in the registry
   * @param scrape what {@code /actuator/prometheus} answered
   */
  public static List<String> complaints(TelemetryRegistry registry, String program, String scrape) {
    var comparison = new TelemetryComparison(registry, program);
    var exported = PrometheusText.parse(scrape).metrics();
    exported.forEach(comparison::judge);
    comparison.findMissing(
        exported.stream()
            .flatMap(metric -> Stream.concat(Stream.of(metric.name()), metric.samples().stream()))
            .collect(Collectors.toSet()));
    return comparison.complaints;
  }

  private void judge(Exported exported) {
    var metric = registry.metric(exported.name());
    var family = registry.family(exported.name());
    if (metric.isPresent()) {
      judge(exported, metric.get());
    } else if (family.isPresent() && !exported.name().startsWith(TelemetryRegistry.OWN)) {
      judge(exported, family.get());
    } else {
      complain("%s is not registered".formatted(exported.name()));
    }
  }

  private void judge(Exported exported, Metric metric) {
    boolean isMaximum =
        metric.type().isComposed() && exported.name().equals(metric.name() + "_max");
    var type = isMaximum ? "gauge" : metric.type().name().toLowerCase(Locale.ROOT);
    if (!exported.type().equals(type)) {
      complain("%s is a %s, not a %s".formatted(exported.name(), exported.type(), type));
    }
    if (!metric.by().contains(program)) {
      complain("%s is not registered for this program".formatted(exported.name()));
    }
    if (!exported.help().isEmpty() && !exported.help().equals(metric.meaning())) {
      complain("%s is described as: %s".formatted(exported.name(), exported.help()));
    }
    var labels = own(exported);
    if (!labels.keySet().equals(metric.labels().keySet())) {
      complain("%s has the labels %s".formatted(exported.name(), labels.keySet()));
    }
    metric
        .labels()
        .forEach((label, values) -> {
          var found = labels.getOrDefault(label, Set.of());
          found.stream()
              .filter(value -> !values.allows(value))
              .forEach(value -> complain("%s{%s=%s}".formatted(exported.name(), label, value)));
          count(exported, label, found.size(), values.atMost());
        });
  }

  private void judge(Exported exported, Family family) {
    if (!family.isExportedBy(program)) {
      complain("%s is not registered for this program".formatted(exported.name()));
    }
    own(exported)
        .forEach(
            (label, values) -> count(exported, label, values.size(), family.mostValues(label)));
  }

  private void count(Exported exported, String label, int found, int atMost) {
    if (found > atMost) {
      complain("%s has %d values of %s, above %d".formatted(exported.name(), found, label, atMost));
    }
  }

  private static Map<String, Set<String>> own(Exported exported) {
    var labels = new TreeMap<>(exported.labels());
    labels.keySet().removeAll(COMMON);
    return labels;
  }

  private void findMissing(Set<String> exported) {
    registry
        .allMetrics()
        .filter(metric -> metric.by().contains(program) && metric.absent().isEmpty())
        .filter(metric -> !exported.contains(metric.name()))
        .forEach(metric -> complain(metric.name() + " is not exported"));
    registry.families().stream()
        .filter(family -> family.isExportedBy(program))
        .forEach(family -> {
          if (exported.stream().noneMatch(name -> name.startsWith(family.prefix()))) {
            complain("nothing is exported under " + family.prefix());
          }
          family.names().stream()
              .filter(name -> !exported.contains(name))
              .forEach(name -> complain(name + " is not exported"));
        });
  }

  private void complain(String what) {
    complaints.add(program + ": " + what);
  }
}
