package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every name that compose uses for the gateway is one that it knows. */
class GatewayDriftTest {

  private static final Yaml COMPOSE = Yaml.document("docker-compose.yml");

  @Test
  void composeSetsOnlyWhatTheGatewayKnows() {
    var known =
        Stream.concat(
                Service.variablesOf("gateway").stream().map(Service.Variable::name),
                Settings.all().stream().map(Settings.Setting::variable))
            .toList();

    assertThat(COMPOSE.at("services", "gateway", "environment").keys())
        .isNotEmpty()
        .allMatch(
            key -> known.stream().anyMatch(name -> key.equals(name) || key.startsWith(name + "_")));
    assertThat(Yaml.text("Dockerfile")).contains("FROM service AS gateway");
    assertThat(Yaml.text("docker/nginx.conf")).contains("8080 gateway:8080;", "9080 gateway:9090;");
  }
}
