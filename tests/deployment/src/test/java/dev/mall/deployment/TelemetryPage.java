package dev.mall.deployment;

import dev.mall.testing.telemetry.TelemetryRegistry;
import dev.mall.testing.telemetry.TelemetryRegistry.Family;
import dev.mall.testing.telemetry.TelemetryRegistry.LabelValues;
import dev.mall.testing.telemetry.TelemetryRegistry.Metric;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** docs/telemetry.md, made from docs/telemetry.yml. */
final class TelemetryPage {

  private static final String HEAD =
      """
      # Telemetry

      Made from [telemetry.yml](telemetry.yml), on which monitoring may rely: a metric, a label or a line of the log that is named here keeps its meaning, and
      a change of one is a line in the changelog. Tests compare it in both directions with what a running mall exports (`FaultsIT`, `TelemetryIT`), with
      Prometheus' rules, their tests and the runbooks (`AlertRulesTest`). No label has more values than are stated here.

      `/actuator/prometheus` of each program has the metrics, for the operator's token, an operator or an auditor ([security](security.md)).
      """;

  private static final int VALUES_SHOWN = 6;

  private TelemetryPage() {}

  static String of(TelemetryRegistry registry) {
    var page = new StringBuilder(HEAD);
    page.append(
        """

        ## Alerts

        Rules are in `docker/prometheus/rules`. Severity `page`: customers are harmed now or soon; `ticket`: the next working day will do. Each alert
        links its runbook.

        | alert | severity | it means |
        |---|---|---|
        """);
    registry
        .alerts()
        .forEach(alert ->
            row(
                page,
                "[%s](runbooks/%s.md)".formatted(alert.name(), alert.name()),
                String.join(", ", alert.severity()),
                alert.meaning()));
    page.append(
        """

        ## Objectives

        | objective | share of events | the event is good if |
        |---|---|---|
        """);
    registry.objectives().forEach(it -> row(page, it.slo(), percentage(it.ratio()), it.meaning()));
    page.append(
        """

        ## Metrics

        Every sample has the label `service`. A summary has `_count`, `_sum` and `_max`; a histogram also `_bucket`. A metric that is always there has a
        value from the first order on; others appear with their first event.
        """);
    registry.metrics().forEach((heading, metrics) -> metrics(page, heading, metrics));
    page.append(
        """

        ## Metrics of libraries

        | names that begin with | about | exported by | values of a label, at most %d unless stated |
        |---|---|---|---|
        """
            .formatted(Family.USUAL_VALUES));
    registry
        .families()
        .forEach(family ->
            row(
                page,
                "`" + family.prefix() + "`",
                family.meaning(),
                programs(family.by()),
                counts(family.labels())));
    page.append(
        """

        ## Lines of the log

        | level | begins with | from | it means |
        |---|---|---|---|
        """);
    registry
        .logs()
        .forEach(
            it -> row(page, it.level(), "`" + it.text().strip() + "`", it.module(), it.meaning()));
    return page.toString();
  }

  private static void metrics(StringBuilder page, String heading, List<Metric> metrics) {
    page.append(
        """

        ### %s

        | metric | type | unit | labels | exported by | meaning |
        |---|---|---|---|---|---|
        """
            .formatted(heading));
    metrics.forEach(metric ->
        row(
            page,
            "`" + metric.name() + "`",
            metric.type().name().toLowerCase(Locale.ROOT),
            metric.unit(),
            labels(metric.labels()),
            programs(metric.by()),
            metric.meaning() + metric.absent().map("; not there while "::concat).orElse("")));
  }

  private static String labels(Map<String, LabelValues> labels) {
    return labels.entrySet().stream()
        .map(label -> "`%s`: %s".formatted(label.getKey(), values(label.getValue())))
        .collect(Collectors.joining("; "));
  }

  private static String values(LabelValues values) {
    return values.listed().isEmpty() || values.listed().size() > VALUES_SHOWN
        ? "at most %d%s".formatted(values.atMost(), values.of().isEmpty() ? "" : " " + values.of())
        : String.join(", ", values.listed());
  }

  private static String percentage(double ratio) {
    return String.format(Locale.ROOT, "%.1f %%", ratio * 100);
  }

  private static String counts(Map<String, Integer> labels) {
    return labels.entrySet().stream()
        .map(label -> "`%s`: %d".formatted(label.getKey(), label.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String programs(List<String> programs) {
    return switch (programs.size()) {
      case 0, 6 -> "all";
      case 5 -> "every service";
      default -> String.join(", ", programs);
    };
  }

  private static void row(StringBuilder page, String... cells) {
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
