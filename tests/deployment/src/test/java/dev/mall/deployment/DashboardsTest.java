package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.testing.telemetry.TelemetryRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Dashboards show metrics that are registered, and every program's. */
class DashboardsTest {

  private static final String FOLDER = "docker/grafana/dashboards";
  static final List<String> DASHBOARDS = dashboards();

  private static final Yaml PROVISIONED =
      Yaml.document("docker/grafana/provisioning/datasources/prometheus.yaml");
  private static final RegisteredNames NAMES =
      new RegisteredNames(
          TelemetryRegistry.read(Yaml.ROOT),
          Yaml.document("docker/prometheus/rules/objectives.yaml")
              .at("groups")
              .items()
              .flatMap(group -> group.at("rules").items())
              .map(rule -> rule.at("record").text())
              .collect(Collectors.toSet()));

  @ParameterizedTest
  @FieldSource("DASHBOARDS")
  void everyPanelShowsRegisteredMetrics(String file) {
    var source = PROVISIONED.at("datasources").items().findFirst().orElseThrow().at("uid");

    assertThat(panels(file))
        .isNotEmpty()
        .allSatisfy(panel -> {
          assertThat(panel.at("datasource", "uid")).isEqualTo(source);
          assertThat(panel.at("targets").items())
              .isNotEmpty()
              .allSatisfy(target -> {
                var expression = target.at("expr").text();
                assertThat(NAMES.unknown(expression)).as(expression).isEmpty();
                assertThat(legend(target))
                    .as("legend")
                    .isSubsetOf(PromQl.parse(expression).grouped());
              });
        });
  }

  private static List<String> legend(Yaml target) {
    return Pattern.compile("\\{\\{(\\w+)}}")
        .matcher(target.at("legendFormat").text())
        .results()
        .map(label -> label.group(1))
        .toList();
  }

  @Test
  void dashboardsAndTheirPanelsHaveIdsOfTheirOwn() {
    assertThat(DASHBOARDS.stream().map(file -> Yaml.document(file).at("uid").text()))
        .doesNotHaveDuplicates()
        .allMatch(uid -> uid.startsWith("mall-"));
    assertThat(DASHBOARDS)
        .allSatisfy(file ->
            assertThat(panels(file).stream().map(panel -> panel.at("id").number()))
                .doesNotHaveDuplicates());
  }

  private static List<Yaml> panels(String file) {
    return Yaml.document(file).at("panels").items().toList();
  }

  private static List<String> dashboards() {
    try (var files = Files.list(Yaml.ROOT.resolve(FOLDER))) {
      return files.map(file -> FOLDER + "/" + file.getFileName()).sorted().toList();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
