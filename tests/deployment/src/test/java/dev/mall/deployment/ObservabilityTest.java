package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docker/observability.yaml and k8s/components/observability watch every program alike. */
class ObservabilityTest {

  private static final List<String> PROGRAMS =
      Stream.concat(Stream.of(Service.GATEWAY), Service.all().map(service -> service.module))
          .toList();

  private static final Yaml SCRAPES =
      Yaml.document("docker/prometheus/prometheus.yaml")
          .at("scrape_configs")
          .items()
          .findFirst()
          .orElseThrow();

  private static final List<String> RULES =
      List.of("docker/prometheus/rules/mall.yaml", "docker/prometheus/rules/objectives.yaml");

  @Test
  void composeScrapesEveryProgramAtItsManagementPort() {
    var targets = SCRAPES.at("dns_sd_configs").items().findFirst().orElseThrow();

    assertThat(targets.at("names").items().map(Yaml::text))
        .containsExactlyInAnyOrderElementsOf(PROGRAMS);
    assertThat(Yaml.text("Dockerfile"))
        .contains("MALL_MANAGEMENT_PORT=" + targets.at("port").text());
  }

  @Test
  void composePublishesOnLoopbackAlone() {
    var services = Yaml.document("docker/observability.yaml").at("services");

    assertThat(services.keys())
        .containsExactly("prometheus", "grafana")
        .allSatisfy(name ->
            assertThat(services.at(name, "ports").items().map(Yaml::text))
                .singleElement()
                .asString()
                .startsWith("127.0.0.1:"));
  }

  @Test
  void theServiceMonitorScrapesEveryProgramAsComposeDoes() {
    var monitor = Manifests.of("operators", "ServiceMonitor").findFirst().orElseThrow();
    var endpoint = monitor.at("spec", "endpoints").items().findFirst().orElseThrow();
    var label = "app.kubernetes.io/part-of";
    var selected = monitor.at("spec", "selector", "matchLabels", label).text();
    var services =
        Manifests.of("operators", "Service")
            .filter(service -> service.at("metadata", "labels", label).text().equals(selected))
            .filter(service ->
                service
                    .at("spec", "ports")
                    .items()
                    .anyMatch(port -> port.at("name").text().equals(endpoint.at("port").text())))
            .map(service -> service.at("metadata", "name").text());

    assertThat(services).containsExactlyInAnyOrderElementsOf(PROGRAMS);
    assertThat(endpoint.at("path")).isEqualTo(SCRAPES.at("metrics_path"));
    assertThat(endpoint.at("authorization", "credentials").value())
        .isEqualTo(
            Manifests.of("operators", "Deployment")
                .flatMap(it -> it.at("spec", "template", "spec", "containers").items())
                .flatMap(container -> container.at("env").items())
                .filter(variable -> variable.at("name").text().equals("MALL_OPERATOR_TOKEN"))
                .map(variable -> variable.at("valueFrom", "secretKeyRef").value())
                .findFirst()
                .orElseThrow());
  }

  @Test
  void theOperatorsRulesAreThoseOfCompose() throws IOException {
    var manifest =
        """
        # Made from docker/prometheus/rules.
        apiVersion: monitoring.coreos.com/v1
        kind: PrometheusRule
        metadata:
          name: mall
          namespace: mall
          labels: {app.kubernetes.io/part-of: mall}
        spec:
          groups:
        """
            + RULES.stream().map(ObservabilityTest::groups).collect(Collectors.joining());
    Files.writeString(Path.of("target", "rules.yaml"), manifest);

    assertThat(Yaml.text("k8s/components/observability/rules.yaml"))
        .as(
            "if the change is meant: cp tests/deployment/target/rules.yaml k8s/components/observability/")
        .isEqualTo(manifest);
  }

  /** The groups of a file of rules, as deep as they are in the manifest. */
  private static String groups(String file) {
    return Yaml.text(file)
        .lines()
        .dropWhile(line -> !line.equals("groups:"))
        .skip(1)
        .map(line -> "  " + line + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void theOperatorsDashboardsAreThoseOfCompose() throws IOException {
    var handed =
        Manifests.of("operators", "ConfigMap")
            .filter(map -> map.at("metadata", "name").text().equals("mall-dashboards"))
            .flatMap(map -> map.at("data").keys());

    try (var files = Files.list(Yaml.ROOT.resolve("docker/grafana/dashboards"))) {
      assertThat(handed)
          .containsExactlyInAnyOrderElementsOf(
              files.map(file -> file.getFileName().toString()).toList());
    }
  }
}
