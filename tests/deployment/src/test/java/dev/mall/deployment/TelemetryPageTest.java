package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.testing.telemetry.TelemetryRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/telemetry.md is made from the registry, whose log lines are logged. */
class TelemetryPageTest {

  private static final Pattern NAME =
      Pattern.compile("`((?:mall|hikaricp|http_server|jvm|kafka_consumer)_[a-z_]+)");
  private static final Set<String> DATABASES =
      Stream.concat(
              Service.all().map(Service::databaseUser), Stream.of("mall_gateway", "mall_verifier"))
          .collect(Collectors.toSet());

  private static final TelemetryRegistry REGISTRY = TelemetryRegistry.read(Yaml.ROOT);

  @Test
  void thePageIsMadeFromTheRegistry() throws IOException {
    var page = TelemetryPage.of(REGISTRY);
    Files.writeString(Path.of("target", "telemetry.md"), page);

    assertThat(Yaml.text("docs/telemetry.md"))
        .as("if the change is meant: cp tests/deployment/target/telemetry.md docs/")
        .isEqualTo(page);
  }

  @Test
  void everyMetricHasOneEntry() {
    assertThat(REGISTRY.allMetrics().map(TelemetryRegistry.Metric::name)).doesNotHaveDuplicates();
    assertThat(REGISTRY.alerts().stream().map(TelemetryRegistry.Alert::name))
        .doesNotHaveDuplicates();
  }

  /** Beside them, names of databases and their roles begin alike. */
  @Test
  void documentsNameNoOtherMetrics() throws IOException {
    try (var files = Files.walk(Yaml.ROOT.resolve("docs"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".md")))
          .filteredOn(file -> !file.endsWith("telemetry.md"))
          .hasSizeGreaterThan(30)
          .allSatisfy(file ->
              assertThat(
                      NAME.matcher(Files.readString(file))
                          .results()
                          .map(name -> name.group(1))
                          .filter(name -> !DATABASES.contains(name))
                          .filter(name -> !REGISTRY.names(name)))
                  .isEmpty());
    }
  }

  @Test
  void everyLogLineIsLogged() {
    assertThat(REGISTRY.logs())
        .isNotEmpty()
        .allSatisfy(line ->
            assertThat(Sources.of(line.module()))
                .as("%s", line)
                .containsPattern(
                    "log\\s*\\.%s\\(\\s*\"\\Q%s\\E"
                        .formatted(line.level().toLowerCase(Locale.ROOT), line.text())));
  }
}
