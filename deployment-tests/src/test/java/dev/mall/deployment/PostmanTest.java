package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Postman collection asks every endpoint, and its environments say where they are. */
class PostmanTest {

  // JSON is YAML
  private static final Yaml COLLECTION = Yaml.document("postman/mall.postman_collection.json");
  private static final List<String> ADDRESSES =
      List.of("orders", "inventory", "payments", "notifications", "sagas");

  @ParameterizedTest
  @EnumSource
  void everyEndpointIsAsked(Service service) {
    var address = "{{%s}}".formatted(ADDRESSES.get(service.ordinal()));
    var paths = Yaml.document("docs/openapi/%s.json".formatted(service.module)).at("paths");

    assertThat(paths.keys())
        .isNotEmpty()
        .allSatisfy(path -> {
          var pattern =
              "\\Q" + address + path.replaceAll("\\{\\w+}", "\\\\E[^/?]+\\\\Q") + "\\E(\\?.*)?";
          assertThat(paths.at(path).keys())
              .allSatisfy(method ->
                  assertThat(requests())
                      .as("%s %s", method, path)
                      .anySatisfy(request -> {
                        assertThat(request.at("method").text())
                            .isEqualTo(method.toUpperCase(Locale.ROOT));
                        assertThat(request.at("url").text()).matches(pattern);
                      }));
        });
  }

  @Test
  void everyRequestIsTested() {
    assertThat(items())
        .hasSizeGreaterThan(80)
        .allSatisfy(item ->
            assertThat(item.at("event").items().map(event -> event.at("script", "exec").text()))
                .as(item.at("name").text())
                .anyMatch(script -> script.contains("pm.test")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "compose", "k8s"})
  void anEnvironmentHasEveryAddress(String environment) {
    var values =
        Yaml.document("postman/%s.postman_environment.json".formatted(environment)).at("values");

    assertThat(values.items().map(value -> value.at("key").text()))
        .containsAll(ADDRESSES)
        .contains("orderManagement", "operatorToken");
  }

  private static List<Yaml> items() {
    return COLLECTION.at("item").items().flatMap(folder -> folder.at("item").items()).toList();
  }

  private static Stream<Yaml> requests() {
    return items().stream().map(item -> item.at("request"));
  }
}
