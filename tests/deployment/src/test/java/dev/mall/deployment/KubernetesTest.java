package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rendered overlays are valid for Kubernetes and keep the documented promises. */
class KubernetesTest {

  static final List<String> OVERLAYS = Manifests.OVERLAYS;

  /** Whose schemas are not at hand; everything else is judged. */
  private static final Set<String> OF_OPERATORS =
      Set.of(
          "Cluster",
          "Database",
          "Kafka",
          "KafkaNodePool",
          "KafkaUser",
          "PrometheusRule",
          "ScaledObject",
          "ServiceMonitor",
          "TriggerAuthentication");

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void everyFieldExistsAndIsOfItsType(String overlay) {
    var complaints =
        Manifests.of(overlay).stream()
            .flatMap(manifest ->
                Schema.of(manifest).stream()
                    .flatMap(type -> Schema.complaints(manifest, type).stream()));

    assertThat(complaints).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void onlyOperatorsResourcesGoWithoutASchema(String overlay) {
    var unjudged =
        Manifests.of(overlay).stream()
            .filter(manifest -> Schema.of(manifest).isEmpty())
            .map(manifest -> manifest.at("kind").text());

    assertThat(unjudged.collect(Collectors.toSet()))
        .isEqualTo(overlay.equals("operators") ? OF_OPERATORS : Set.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spec: {replica: 1}",
        "spec: {replicas: '1'}",
        "spec: {template: {spec: {containers: [{name: a, env: [{name: A, value: 1}]}]}}}",
        "spec: {template: {spec: {containers: [{name: a, resources: {limits: {memory: much}}}]}}}",
        "spec: {template: {spec: {containers: {name: a}}}}",
        "spec: {replicas: 1}",
      })
  void aMistakeIsFound(String spec) {
    var manifest =
        Yaml.parse("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n" + spec)
            .getFirst();

    assertThat(Schema.of(manifest).stream().flatMap(type -> complaints(manifest, type)))
        .isNotEmpty();
  }

  private static Stream<String> complaints(Yaml manifest, Class<?> type) {
    try {
      return Schema.complaints(manifest, type).stream();
    } catch (RuntimeException unreadable) {
      return Stream.of(unreadable.toString());
    }
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void everyPodIsRestricted(String overlay) {
    pods(overlay)
        .forEach(pod -> {
          var spec = pod.at("spec", "template", "spec");
          assertThat(spec.at("automountServiceAccountToken").value())
              .as("%s", pod)
              .isEqualTo(false);
          assertThat(spec.at("securityContext", "runAsNonRoot").value()).isEqualTo(true);
          assertThat(spec.at("securityContext", "seccompProfile", "type").text())
              .isEqualTo("RuntimeDefault");
          assertThat(spec.at("containers").items())
              .allSatisfy(container -> {
                var security = container.at("securityContext");
                assertThat(security.at("allowPrivilegeEscalation").value()).isEqualTo(false);
                assertThat(security.at("capabilities", "drop").value()).isEqualTo(List.of("ALL"));
                assertThat(container.at("resources", "limits", "memory").exists()).isTrue();
                assertThat(container.at("resources", "requests", "cpu").exists()).isTrue();
              });
        });
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void everySecretThatIsNamedIsMadeInDevAndNowhereElse(String overlay) {
    var made =
        Manifests.of(overlay, "Secret")
            .flatMap(KubernetesTest::entries)
            .collect(Collectors.toSet());
    var containers =
        pods(overlay)
            .flatMap(pod -> pod.at("spec", "template", "spec", "containers").items())
            .toList();
    var named =
        containers.stream()
            .flatMap(container -> container.at("env").items())
            .map(variable -> variable.at("valueFrom", "secretKeyRef"))
            .filter(Yaml::exists)
            .map(secret -> secret.at("name") + "/" + secret.at("key"))
            .collect(Collectors.toSet());
    var whole =
        containers.stream()
            .flatMap(container -> container.at("envFrom").items())
            .map(source -> source.at("secretRef", "name"))
            .filter(Yaml::exists)
            .map(Yaml::text)
            .toList();

    assertThat(named).isNotEmpty();
    assertThat(whole).singleElement().asString().startsWith("mall-gateway-identity");
    if (overlay.equals("dev")) {
      assertThat(made).containsAll(named);
      assertThat(made).anyMatch(entry -> entry.startsWith(whole.getFirst() + "/"));
    } else {
      assertThat(made).isEmpty();
    }
  }

  @Test
  void inProductionEveryServiceHasItsSurroundings() {
    var services = Service.all().map(service -> service.module).collect(Collectors.toSet());
    var all = Stream.concat(services.stream(), Stream.of(Service.GATEWAY)).toList();
    assertThat(names("HorizontalPodAutoscaler")).containsExactlyInAnyOrderElementsOf(services);
    assertThat(names("PodDisruptionBudget")).containsExactlyInAnyOrderElementsOf(all);
    assertThat(names("ServiceAccount")).containsExactlyInAnyOrderElementsOf(all);
    assertThat(Manifests.of("prod", "Deployment"))
        .allSatisfy(service -> {
          var spec = service.at("spec", "template", "spec");
          assertThat(service.at("spec", "replicas").exists())
              .as("replicas of those without an autoscaler")
              .isEqualTo(!services.contains(service.at("metadata", "name").text()));
          assertThat(spec.at("topologySpreadConstraints").items()).hasSize(2);
          assertThat(spec.at("containers").items().findFirst().orElseThrow().at("image").text())
              .doesNotEndWith(":latest")
              .contains(":");
        });
  }

  @ParameterizedTest
  @CsvSource({"dev, 'SAGA,TCC,CHOREOGRAPHY,TWO_PHASE'", "prod, ''", "operators, ''"})
  void productionAllowsNoCheckoutModeBesideTheDefault(String overlay, String modes) {
    assertThat(
            Manifests.of(overlay, "ConfigMap")
                .map(map -> map.at("data", "MALL_CHECKOUT_MODES"))
                .filter(Yaml::exists)
                .map(Yaml::text)
                .collect(Collectors.joining()))
        .isEqualTo(modes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker-compose.yml",
        "k8s/overlays/dev/postgres.yaml",
        "k8s/components/cloudnative-pg/postgres.yaml",
      })
  void postgresAllowsPreparedTransactions(String file) {
    assertThat(Yaml.text(file)).containsPattern("max_prepared_transactions[=:] ?\"?[1-9]");
  }

  @Test
  void inDevAServerThatIsSlowToAnswerItsProbeKeepsItsName() {
    assertThat(
            Manifests.of("dev", "Service")
                .filter(service -> service.at("spec", "clusterIP").text().equals("None")))
        .hasSize(3)
        .allSatisfy(service ->
            assertThat(service.at("spec", "publishNotReadyAddresses").value()).isEqualTo(true));
  }

  @Test
  void theIngressLeadsToTheGatewayAlone() {
    var paths =
        Manifests.of("prod", "Ingress")
            .flatMap(ingress -> ingress.at("spec", "rules").items())
            .flatMap(rule -> rule.at("http", "paths").items())
            .map(path -> path.at("backend", "service"))
            .toList();

    assertThat(paths)
        .isNotEmpty()
        .allSatisfy(service -> {
          assertThat(service.at("name").text()).isEqualTo(Service.GATEWAY);
          assertThat(service.at("port", "name").text()).isEqualTo("http");
        });
  }

  private static List<String> names(String kind) {
    return Manifests.of("prod", kind)
        .map(manifest -> manifest.at("metadata", "name").text())
        .toList();
  }

  private static Stream<Yaml> pods(String overlay) {
    return Manifests.of(overlay).stream()
        .flatMap(manifest -> Stream.of(manifest, manifest.at("spec", "jobTemplate")))
        .filter(manifest -> manifest.at("spec", "template", "spec", "containers").exists());
  }

  private static Stream<String> entries(Yaml secret) {
    return Stream.concat(secret.at("data").keys(), secret.at("stringData").keys())
        .map(key -> secret.at("metadata", "name") + "/" + key);
  }
}
