package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.web.secrets.PublishedSecrets;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.FileSystemResource;

/** The secrets that docker compose and the overlay dev publish are good for their issuers alone. */
class LaptopSecretsTest {

  private static final Yaml COMPOSE = Yaml.document("docker-compose.yml");
  private static final Pattern COMPOSE_VARIABLE = Pattern.compile("\\$\\{\\w+:-([^}]*)}");
  private static final List<String> ISSUERS =
      List.of("MALL_GATEWAY_ISSUER", "MALL_SECURITY_ISSUER");

  static Stream<String> modules() {
    return Stream.concat(Service.all().map(service -> service.module), Stream.of(Service.GATEWAY));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void composeStartsOnALaptopAndEachOfItsSecretsStartsNowhereElse(String module) {
    var laptop = environmentOf(module);
    var secrets =
        laptop.entrySet().stream().filter(it -> it.getValue().contains("laptop-")).toList();

    assertThatCode(() -> PublishedSecrets.refuse(environment(module, laptop)))
        .doesNotThrowAnyException();
    assertThat(secrets).hasSizeGreaterThanOrEqualTo(2);
    for (var secret : secrets) {
      var elsewhere = withIssuer("https://shop.example", secret.getKey(), secret.getValue());
      assertThatThrownBy(() -> PublishedSecrets.refuse(environment(module, elsewhere)))
          .as(secret.getKey())
          .hasMessageContaining("./mall secrets")
          .hasMessageNotContaining("laptop-");
    }
  }

  @Test
  void theIssuerOfTheOverlayDevIsALaptopsAndThatOfProdIsNot() {
    assertThatCode(() -> PublishedSecrets.refuse(overlay("dev"))).doesNotThrowAnyException();
    assertThatThrownBy(() -> PublishedSecrets.refuse(overlay("prod")))
        .hasMessageContaining("MALL_OPERATOR_TOKEN");
  }

  private static Map<String, String> environmentOf(String module) {
    var environment = COMPOSE.at("services", module, "environment");
    return environment
        .keys()
        .collect(
            Collectors.toMap(
                name -> name,
                name -> COMPOSE_VARIABLE.matcher(environment.at(name).text()).replaceAll("$1")));
  }

  private static Environment overlay(String name) throws IOException {
    var settings =
        Yaml.text("k8s/overlays/%s/settings.env".formatted(name))
            .lines()
            .filter(line -> line.startsWith("MALL_"))
            .collect(
                Collectors.toMap(
                    line -> line.substring(0, line.indexOf('=')),
                    line -> line.substring(line.indexOf('=') + 1)));
    assertThat(settings).containsKeys(ISSUERS.toArray(String[]::new));
    var variables = new HashMap<>(settings);
    variables.put("MALL_OPERATOR_TOKEN", "laptop-operator");
    return environment(Service.GATEWAY, variables);
  }

  private static Map<String, String> withIssuer(String issuer, String name, String value) {
    var variables = new HashMap<String, String>();
    ISSUERS.forEach(it -> variables.put(it, issuer));
    variables.put(name, value);
    return variables;
  }

  /** As of a process with these variables. */
  private static Environment environment(String module, Map<String, String> variables)
      throws IOException {
    var environment = new StandardEnvironment();
    var sources = environment.getPropertySources();
    var system = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
    sources.replace(system, new SystemEnvironmentPropertySource(system, Map.copyOf(variables)));
    for (var file : Service.filesOf(module)) {
      new YamlPropertySourceLoader()
          .load(file, new FileSystemResource(Yaml.ROOT.resolve(file)))
          .forEach(sources::addLast);
    }
    ConfigurationPropertySources.attach(environment);
    return environment;
  }
}
