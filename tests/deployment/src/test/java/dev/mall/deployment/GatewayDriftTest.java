package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every name that compose and Kubernetes use for the gateway is one that it knows. */
class GatewayDriftTest {

  static final List<String> OVERLAYS = Manifests.OVERLAYS;

  private static final Yaml COMPOSE = Yaml.document("docker-compose.yml");

  @Test
  void composeSetsOnlyWhatTheGatewayKnows() {
    assertThat(COMPOSE.at("services", "gateway", "environment").keys())
        .isNotEmpty()
        .allMatch(GatewayDriftTest::isKnown);
    assertThat(Yaml.text("Dockerfile")).contains("FROM service AS gateway");
    assertThat(Yaml.text("docker/nginx.conf")).contains("8080 gateway:8080;", "9080 gateway:9090;");
    assertThat(Yaml.text("docker/postgres/databases.sh")).contains("CREATE DATABASE mall_gateway");
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void kubernetesSetsOnlyWhatTheGatewayKnows(String overlay) {
    var container =
        only(overlay, "Deployment").at("spec", "template", "spec", "containers").items().toList();
    var ports = only(overlay, "Service").at("spec", "ports").items();

    assertThat(container)
        .singleElement()
        .satisfies(gateway -> {
          assertThat(gateway.at("env").items().map(variable -> variable.at("name").text()))
              .isNotEmpty()
              .allMatch(GatewayDriftTest::isKnown);
          assertThat(gateway.at("image").text()).contains("mall/gateway:");
          assertThat(gateway.at("ports").items().map(port -> port.at("containerPort").number()))
              .containsExactlyInAnyOrder(8080, 9090);
          assertThat(gateway.at("readinessProbe", "httpGet", "path").text()).isEqualTo("/readyz");
        });
    assertThat(ports.map(port -> port.at("port").number())).containsExactlyInAnyOrder(8080, 9090);
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void theServicesAnswerWhereTheGatewayAsks(String overlay) {
    var settings =
        Manifests.of(overlay, "ConfigMap")
            .map(map -> map.at("data"))
            .filter(data -> data.at("MALL_GATEWAY_ISSUER").exists())
            .toList();

    assertThat(settings)
        .singleElement()
        .satisfies(data ->
            Service.all()
                .forEach(service ->
                    assertThat(data.at("MALL_%s_URL".formatted(service)).text())
                        .isEqualTo("http://%s:%d".formatted(service.module, service.port()))));
  }

  @Test
  void theUsersOfDevAreThoseOfCompose() {
    var users = "MALL_GATEWAY_IDENTITY_";
    var compose =
        COMPOSE
            .at("services", "gateway", "environment")
            .keys()
            .filter(key -> key.startsWith(users));

    assertThat(Yaml.text("k8s/overlays/dev/identity.env").lines())
        .map(line -> line.substring(0, line.indexOf('=')))
        .containsExactlyInAnyOrderElementsOf(compose.collect(Collectors.toSet()));
  }

  private static Yaml only(String overlay, String kind) {
    return Manifests.of(overlay, kind)
        .filter(manifest -> manifest.at("metadata", "name").text().equals(Service.GATEWAY))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isKnown(String variable) {
    return Stream.concat(
            Service.variablesOf(Service.GATEWAY).stream().map(Service.Variable::name),
            Settings.all().stream().map(Settings.Setting::variable))
        .anyMatch(name -> variable.equals(name) || variable.startsWith(name + "_"));
  }
}
