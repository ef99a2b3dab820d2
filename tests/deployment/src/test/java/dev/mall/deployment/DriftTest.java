package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.wire.Topics;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Every name that compose and Kubernetes use is one that the services know. */
class DriftTest {

  static final List<String> OVERLAYS = Manifests.OVERLAYS;

  private static final Yaml COMPOSE = Yaml.document("docker-compose.yml");
  private static final Pattern COMPOSE_VARIABLE = Pattern.compile("\\$\\{(\\w+):-([^}]*)}");
  private static final String MANAGEMENT_PORT = "9090";
  private static final String PROFILES = "SPRING_PROFILES_ACTIVE";
  private static final String VERIFIED = "?sslmode=verify-full&sslrootcert=/tls/ca.crt";

  @ParameterizedTest
  @EnumSource
  void composeSetsOnlyWhatTheServiceKnows(Service service) {
    var environment = COMPOSE.at("services", service.module, "environment");

    assertThat(known(service))
        .containsAll(environment.keys().filter(key -> !key.equals("<<")).toList());
    assertThat(environment.at("MALL_%s_DB_URL".formatted(service)).text())
        .isEqualTo(service.databaseUrl("postgres:5432"));
    assertThat(environment.at("MALL_%s_DB_USER".formatted(service)).text())
        .isEqualTo(service.databaseUser());
    assertThat(COMPOSE.at("services", service.module, "build", "target").text())
        .isEqualTo(service.module);
    assertThat(COMPOSE.at("services", service.module, "image").text())
        .startsWith("mall/" + service.module + ":");
    assertThat(COMPOSE.at("services", service.module, "ports").exists())
        .as("can be scaled")
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({"postgres, Postgres", "kafka, Kafka", "redis, Redis"})
  void serversAreTheSameInKubernetesAndInTests(String server, String container) {
    var image = COMPOSE.at("services", server, "image").text();

    assertThat(
            Manifests.of("dev", "StatefulSet")
                .filter(set -> set.at("metadata", "name").text().equals(server))
                .flatMap(set -> set.at("spec", "template", "spec", "containers").items())
                .map(each -> each.at("image").text()))
        .containsExactly(image);
    assertThat(
            Yaml.text(
                "tests/support/src/main/java/dev/mall/testing/containers/Container%s.java"
                    .formatted(container)))
        .contains('"' + image + '"');
  }

  @Test
  void everyPasswordIsAnother() {
    var defaults = variablesOfCompose();
    defaults.remove("MALL_AOT");

    assertThat(new HashSet<>(defaults.values())).hasSize(defaults.size());
  }

  @Test
  void theExampleOfEnvNamesWhatComposeReads() {
    var example =
        Yaml.text(".env.example")
            .lines()
            .filter(line -> line.startsWith("MALL_"))
            .collect(
                Collectors.toMap(
                    line -> line.substring(0, line.indexOf('=')),
                    line -> line.substring(line.indexOf('=') + 1)));

    assertThat(example).isEqualTo(variablesOfCompose());
    assertThat(example.keySet())
        .allSatisfy(
            name -> assertThat(Yaml.text("docs/configuration.md")).contains("| `" + name + "` |"));
  }

  @Test
  void portsOnTheHostAreOnLoopbackAndLeadToTheServices() {
    var edge = Yaml.text("docker/nginx.conf");
    var published =
        COMPOSE
            .at("services", "edge", "ports")
            .items()
            .map(ports -> COMPOSE_VARIABLE.matcher(ports.text()).replaceAll("$2"))
            .toList();
    var ports = Service.all().map(Service::port).toList();

    Service.all()
        .forEach(service -> {
          int port = service.port();
          assertThat(edge)
              .contains("%d %s:%d;".formatted(port, service.module, port))
              .contains("%d %s:%s;".formatted(port + 1000, service.module, MANAGEMENT_PORT));
        });
    assertThat(ports).containsExactly(8081, 8082, 8083, 8084, 8085);
    assertThat(published)
        .containsExactly(
            "127.0.0.1:8080:8080",
            "127.0.0.1:8081-8085:8081-8085",
            "127.0.0.1:9081-9085:9081-9085");
    assertThat(
            COMPOSE
                .at("services")
                .keys()
                .filter(name -> COMPOSE.at("services", name, "ports").exists()))
        .containsExactly("edge");
  }

  @ParameterizedTest
  @EnumSource
  void theDockerfileHasATargetWithThePort(Service service) {
    var dockerfile = Yaml.text("Dockerfile");
    var target = dockerfile.substring(dockerfile.indexOf("FROM service AS " + service.module));

    assertThat(dockerfile)
        .contains("MALL_MANAGEMENT_PORT=" + MANAGEMENT_PORT)
        .contains("EXPOSE " + MANAGEMENT_PORT);
    assertThat(target).startsWith("FROM service AS " + service.module);
    assertThat(target.substring(target.indexOf("EXPOSE ")))
        .startsWith("EXPOSE %d\n".formatted(service.port()));
    assertThat(service.variableNames()).contains("MALL_MANAGEMENT_PORT");
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void kubernetesSetsOnlyWhatTheServicesKnow(String overlay) {
    var settings =
        Manifests.of(overlay, "ConfigMap")
            .filter(map -> map.at("metadata", "name").text().startsWith("mall-settings"))
            .findFirst()
            .orElseThrow()
            .at("data");

    deployments(overlay)
        .forEach((service, container) ->
            assertThat(known(service))
                .containsAll(container.at("env").items().map(v -> v.at("name").text()).toList()));
    assertThat(
            Stream.of(
                    Service.all().flatMap(service -> known(service).stream()),
                    Service.variablesOf(Service.GATEWAY).stream().map(Service.Variable::name),
                    Stream.of(PROFILES))
                .flatMap(names -> names)
                .collect(Collectors.toSet()))
        .containsAll(settings.keys().toList());
    var tls = settings.at(PROFILES).text().equals("secure") ? VERIFIED : "";
    Service.all()
        .forEach(service ->
            assertThat(settings.at("MALL_%s_DB_URL".formatted(service)).text())
                .endsWith(":5432/" + service.databaseUser() + tls));
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void portsAndProbesAreTheServices(String overlay) {
    var services =
        Manifests.of(overlay, "Service")
            .collect(Collectors.toMap(s -> s.at("metadata", "name").text(), Function.identity()));

    deployments(overlay)
        .forEach((service, container) -> {
          var ports =
              Map.of("http", service.port(), "management", Integer.valueOf(MANAGEMENT_PORT));
          assertThat(portsOf(container.at("ports"), "containerPort")).isEqualTo(ports);
          assertThat(portsOf(services.get(service.module).at("spec", "ports"), "port"))
              .isEqualTo(ports);
          assertThat(container.at("image").text()).contains("mall/" + service.module + ":");
          for (var probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(container.at(probe, "httpGet", "port").text()).isEqualTo("http");
            assertThat(container.at(probe, "httpGet", "path").text())
                .isEqualTo(probe.equals("readinessProbe") ? "/readyz" : "/livez");
          }
        });
    assertThat(deployments(overlay)).hasSize(Service.values().length);
  }

  @Test
  void probesHaveGroupsOfTheirOwnThatNoServerCanFail() {
    var health =
        Yaml.document("common/web/src/main/resources/mall-web.yml")
            .at("management", "endpoint", "health");

    assertThat(health.at("probes", "add-additional-paths").value())
        .as("/livez and /readyz")
        .isEqualTo(true);
    assertThat(health.at("group", "liveness", "include").text()).isEqualTo("livenessState");
    assertThat(health.at("group", "readiness", "include").text()).isEqualTo("readinessState");
    Service.all()
        .flatMap(service -> service.files().stream())
        .map(Yaml::text)
        .forEach(file ->
            assertThat(file)
                .doesNotContainPattern("group.readiness.include:.*(redis|lock|db|kafka)"));
  }

  @Test
  void replicasAreScaledByTopicsAndGroupsThatExist() {
    Manifests.of("operators", "ScaledObject")
        .forEach(scaled -> {
          var service = Service.of(scaled.at("spec", "scaleTargetRef", "name").text());
          var trigger =
              scaled.at("spec", "triggers").items().findFirst().orElseThrow().at("metadata");
          assertThat(Topics.ALL).contains(trigger.at("topic").text());
          assertThat(trigger.at("consumerGroup").text()).startsWith(service.module + ".");
          assertThat(Sources.of(service))
              .contains(
                  '"'
                      + trigger.at("consumerGroup").text().substring(service.module.length() + 1)
                      + '"');
        });
  }

  @Test
  void commandsAreHandledByTheGroupsThatServicesAgreedOn() {
    Topics.HANDLED_BY.forEach((topic, group) -> {
      var service = Service.of(group.substring(0, group.indexOf('.')));
      var consumer = group.substring(group.indexOf('.') + 1);
      var constant = topic.replace("mall.", "").replace('.', '_').toUpperCase(Locale.ROOT);

      assertThat(Sources.of(service))
          .containsPattern(
              "\"%s\",\\s*Set\\.of\\([^)]*\\),\\s*List\\.of\\(Topics\\.%s\\)"
                  .formatted(consumer, constant));
    });
  }

  @Test
  void theDatabasesScriptMakesEveryDatabase() {
    var script = Yaml.text("docker/postgres/databases.sh");

    assertThat(script)
        .contains(
            "for service in %s; do"
                .formatted(Service.all().map(Service::word).collect(Collectors.joining(" "))));
    Service.all()
        .forEach(service -> assertThat(service.databaseUser()).isEqualTo("mall_" + service.word()));
  }

  private static Set<String> known(Service service) {
    return Stream.concat(
            service.variableNames().stream(),
            Settings.all().stream().map(Settings.Setting::variable))
        .collect(Collectors.toSet());
  }

  private static Map<String, String> variablesOfCompose() {
    return COMPOSE_VARIABLE
        .matcher(
            Stream.of("docker-compose.yml", "docker/keycloak.yaml", "docker/observability.yaml")
                .map(Yaml::text)
                .collect(Collectors.joining()))
        .results()
        .collect(Collectors.toMap(v -> v.group(1), v -> v.group(2), DriftTest::same, TreeMap::new));
  }

  private static String same(String one, String other) {
    assertThat(one).as("a variable has one default").isEqualTo(other);
    return one;
  }

  private static Map<Service, Yaml> deployments(String overlay) {
    return Manifests.of(overlay, "Deployment")
        .filter(deployment -> !deployment.at("metadata", "name").text().equals(Service.GATEWAY))
        .collect(
            Collectors.toMap(
                deployment -> Service.of(deployment.at("metadata", "name").text()),
                deployment ->
                    deployment
                        .at("spec", "template", "spec", "containers")
                        .items()
                        .findFirst()
                        .orElseThrow()));
  }

  private static Map<String, Integer> portsOf(Yaml ports, String key) {
    return ports
        .items()
        .collect(Collectors.toMap(port -> port.at("name").text(), port -> port.at(key).number()));
  }
}
