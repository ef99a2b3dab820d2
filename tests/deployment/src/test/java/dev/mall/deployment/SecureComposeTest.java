package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docker/secure.yaml leaves out no service, server or database of docker-compose.yml. */
class SecureComposeTest {

  private static final Yaml COMPOSE = Yaml.document("docker-compose.yml");
  private static final Yaml SECURE = Yaml.document("docker/secure.yaml");
  private static final String VERIFIED = "?sslmode=verify-full&sslrootcert=/tls/ca.crt";

  static Stream<String> programs() {
    return Stream.concat(Service.all().map(service -> service.module), Stream.of(Service.GATEWAY));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void everyProgramHasTheProfileAndItsCertificate(String program) {
    var secure = SECURE.at("services", program);

    assertThat(secure.at("environment", "SPRING_PROFILES_ACTIVE").text()).isEqualTo("secure");
    assertThat(volumes(secure)).containsExactly("./.mall/tls/%s:/tls:ro".formatted(program));
    assertThat(certificates()).contains(program);
  }

  @Test
  void everyAddressOfAServerIsReachedByTls() {
    var addresses =
        COMPOSE.at("services").keys().flatMap(SecureComposeTest::addressesInCompose).toList();

    assertThat(addresses)
        .hasSizeGreaterThan(12)
        .allSatisfy(address ->
            assertThat(SECURE.at("services", address.program, "environment", address.name).text())
                .as("%s", address)
                .matches(
                    address.url.startsWith("jdbc:")
                        ? Pattern.quote(address.url + VERIFIED)
                        : "rediss://.*@redis:6379"));
  }

  private record Address(String program, String name, String url) {}

  private static Stream<Address> addressesInCompose(String program) {
    var environment = COMPOSE.at("services", program, "environment");
    return environment
        .keys()
        .map(name -> new Address(program, name, environment.at(name).text()))
        .filter(it -> it.url.startsWith("jdbc:") || it.url.startsWith("redis:"));
  }

  @Test
  void everyServerHasItsCertificate() {
    assertThat(Stream.of("postgres", "kafka", "redis"))
        .allSatisfy(server -> {
          assertThat(volumes(SECURE.at("services", server)))
              .contains("./.mall/tls/%s:/tls:ro".formatted(server));
          assertThat(certificates()).contains(server);
        });
  }

  private static List<String> volumes(Yaml service) {
    return service.at("volumes").items().map(Yaml::text).toList();
  }

  private static List<String> certificates() {
    var names = Yaml.text("docker/certificates").replaceAll("(?s).*NAMES=\"([^\"]*)\".*", "$1");
    return Stream.of(names.split("\\s+")).toList();
  }
}
