package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.testing.telemetry.TelemetryRegistry;
import dev.mall.testing.telemetry.TelemetryRegistry.Alert;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Registry, rules, their tests and runbooks name the same alerts, and only registered metrics;
 * docker/prometheus/check runs those tests.
 */
class AlertRulesTest {

  private static final String RULES = "docker/prometheus/rules";
  private static final String TESTS = "docker/prometheus/tests";
  private static final String RUNBOOKS = "docs/runbooks";

  private static final TelemetryRegistry REGISTRY = TelemetryRegistry.read(Yaml.ROOT);
  static final List<Alert> ALERTS = REGISTRY.alerts();

  private static final List<Yaml> ALL_RULES =
      files(RULES)
          .flatMap(file -> Yaml.document(file).at("groups").items())
          .flatMap(group -> group.at("rules").items())
          .toList();
  private static final RegisteredNames NAMES =
      new RegisteredNames(
          REGISTRY,
          ALL_RULES.stream()
              .map(rule -> rule.at("record").text())
              .filter(name -> !name.isEmpty())
              .collect(Collectors.toSet()));
  private static final List<Yaml> ALL_TESTS =
      files(TESTS).flatMap(file -> Yaml.document(file).at("tests").items()).toList();

  @Test
  void rulesRunbooksAndTestsAreOfRegisteredAlerts() {
    var names = ALERTS.stream().map(Alert::name).toList();

    assertThat(alertRules().map(rule -> rule.at("alert").text()).distinct())
        .containsExactlyInAnyOrderElementsOf(names);
    assertThat(files(RUNBOOKS).map(file -> file.replaceAll(".*/|\\.md", "")))
        .containsExactlyInAnyOrderElementsOf(names);
    assertThat(
            ALL_TESTS.stream()
                .flatMap(test -> test.at("alert_rule_test").items())
                .map(expected -> expected.at("alertname").text())
                .distinct())
        .containsExactlyInAnyOrderElementsOf(names);
  }

  @ParameterizedTest
  @FieldSource("ALERTS")
  void itsRulesSayWhatTheRegistrySaysAndLinkTheRunbook(Alert alert) {
    var rules = alertRules().filter(rule -> isOf(alert, rule.at("alert"))).toList();

    assertThat(rules.stream().map(rule -> rule.at("labels", "severity").text()))
        .isEqualTo(alert.severity());
    assertThat(rules)
        .allSatisfy(rule -> {
          var annotations = rule.at("annotations");
          assertThat(annotations.at("summary").text()).isEqualTo(alert.meaning());
          assertThat(annotations.at("runbook").text())
              .isEqualTo("%s/%s.md".formatted(RUNBOOKS, alert.name()));
        });
    assertThat(Yaml.text(RUNBOOKS + "/" + alert.name() + ".md"))
        .startsWith("# " + alert.name() + "\n\n## Meaning\n")
        .contains("\n## Look at\n", "\n## Do\n");
  }

  /** Each severity fires and resolves in one test; another has values and fires nothing. */
  @ParameterizedTest
  @FieldSource("ALERTS")
  void itIsTested(Alert alert) {
    var tests =
        ALL_TESTS.stream()
            .filter(test ->
                test.at("alert_rule_test")
                    .items()
                    .anyMatch(expected -> isOf(alert, expected.at("alertname"))))
            .toList();

    assertThat(
            tests.stream()
                .filter(AlertRulesTest::endsWithoutAlert)
                .flatMap(AlertRulesTest::severities)
                .distinct())
        .containsExactlyInAnyOrderElementsOf(alert.severity());
    assertThat(tests)
        .anyMatch(test -> severities(test).findAny().isEmpty() && endsWithoutAlert(test));
  }

  private static boolean endsWithoutAlert(Yaml test) {
    return test.at("alert_rule_test")
        .items()
        .max(Comparator.comparingInt(AlertRulesTest::minutes))
        .orElseThrow()
        .at("exp_alerts")
        .items()
        .findAny()
        .isEmpty();
  }

  private static int minutes(Yaml expected) {
    var time = expected.at("eval_time").text();
    int number = Integer.parseInt(time.substring(0, time.length() - 1));
    return time.endsWith("h") ? 60 * number : number;
  }

  private static Stream<String> severities(Yaml test) {
    return test.at("alert_rule_test")
        .items()
        .flatMap(expected -> expected.at("exp_alerts").items())
        .map(fired -> fired.at("exp_labels", "severity").text());
  }

  @Test
  void everyRuleNamesRegisteredMetricsAndLabels() {
    assertThat(ALL_RULES)
        .allSatisfy(
            rule -> assertThat(NAMES.unknown(rule.at("expr").text())).as("%s", rule).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mall_orders_lost",
        "sum by (customer) (mall_orders_open)",
        "mall_orders_open{customer=\"ada\"}",
        "mall_orders_placed_total{checkout=\"BARTER\"}",
        "mall_orders_placed_total_bucket",
        "mall_sagas_step_seconds",
        "jvm_classes_loaded_classes",
        "slo:errors:ratio2d"
      })
  void anUnregisteredNameIsFound(String expression) {
    assertThat(NAMES.unknown(expression)).isNotEmpty();
  }

  @Test
  void everyObjectiveIsRecordedAndItsShareIsTheAlerts() {
    assertThat(REGISTRY.objectives())
        .isNotEmpty()
        .allSatisfy(objective -> {
          var budget = BigDecimal.ONE.subtract(BigDecimal.valueOf(objective.ratio()));
          assertThat(alertRules().map(rule -> rule.at("expr").text()))
              .filteredOn(expr -> expr.contains("slo=\"%s\"".formatted(objective.slo())))
              .hasSize(2)
              .anyMatch(expr ->
                  expr.contains("14.4 * " + budget + " ") && expr.contains("6 * " + budget + " "))
              .anyMatch(expr -> expr.contains("> " + budget + " "));
        });
  }

  private static Stream<Yaml> alertRules() {
    return ALL_RULES.stream().filter(rule -> rule.at("alert").exists());
  }

  private static boolean isOf(Alert alert, Yaml name) {
    return name.text().equals(alert.name());
  }

  private static Stream<String> files(String folder) {
    try (var found = Files.list(Yaml.ROOT.resolve(folder))) {
      return found.map(file -> folder + "/" + file.getFileName()).sorted().toList().stream();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
