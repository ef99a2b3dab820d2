package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Postman collection asks every endpoint and expects only what its OpenAPI document lists; the
 * collection's environments say where endpoints are.
 */
class PostmanTest {

  // JSON is YAML
  private static final Yaml COLLECTION = Yaml.document("docs/postman/mall.postman_collection.json");
  private static final List<String> ADDRESSES =
      List.of("orders", "inventory", "payments", "notifications", "sagas");
  private static final List<String> PROGRAMS = List.of("load", "import", "desk", "audit");

  /** Of requests that name none: the collection's own. */
  private static final String CHANNEL = "{{channelToken}}";

  private static final Pattern STATUSES =
      Pattern.compile(
          "response\\.code\\)\\.to\\.be\\.oneOf\\(\\[[\\d, ]+]|have\\.status\\(\\d+\\)");
  private static final Pattern NUMBER = Pattern.compile("\\d{3}");

  @ParameterizedTest
  @EnumSource
  void everyEndpointIsAsked(Service service) {
    assertThat(OpenApi.of(service).operations())
        .isNotEmpty()
        .allSatisfy(operation ->
            assertThat(items())
                .as("%s", operation)
                .anyMatch(item -> answers(service, operation, item)));
  }

  @ParameterizedTest
  @EnumSource
  void everyExpectedAnswerIsDocumented(Service service) {
    assertThat(OpenApi.of(service).operations())
        .allSatisfy(operation ->
            assertThat(items())
                .filteredOn(item -> answers(service, operation, item))
                .allSatisfy(item ->
                    assertThat(operation.responses().keys())
                        .as("%s: %s", operation, item.at("name"))
                        .containsAll(expected(item))));
  }

  /** Requests about HTTP itself: paths and methods that no document has. */
  @Test
  void whatNoDocumentHasIsRefusedOrTheOperators() {
    assertThat(items())
        .filteredOn(item -> Service.all().noneMatch(service -> isOperation(service, item)))
        .isNotEmpty()
        .allSatisfy(item -> {
          if (!item.at("request", "url").text().matches(".*/(actuator|v3|livez|readyz).*")) {
            assertThat(expected(item)).as("%s", item.at("name")).isSubsetOf("403", "404", "405");
          }
        });
  }

  /** A token of the least role that does it: the role is the program's that the token is of. */
  @ParameterizedTest
  @EnumSource
  void everyRequestThatChangesDataHasTheTokenOfItsRole(Service service) {
    var expected =
        switch (service) {
          case ORDER -> CHANNEL;
          case INVENTORY, PAYMENT -> "{{merchantToken}}";
          case NOTIFICATION -> "none: nothing is changed";
          case SAGA -> "{{deskToken}}";
        };

    assertThat(items())
        .filteredOn(item -> isOperation(service, item))
        .filteredOn(item -> !item.at("request", "method").text().equals("GET"))
        .allSatisfy(
            item -> assertThat(tokenOf(item)).as("%s", item.at("name")).isEqualTo(expected));
  }

  private static String tokenOf(Yaml item) {
    var own = item.at("request", "auth");
    var auth = own.exists() ? own : COLLECTION.at("auth");
    return auth.at("bearer").items().map(it -> it.at("value").text()).findFirst().orElse("none");
  }

  private static boolean isOperation(Service service, Yaml item) {
    return OpenApi.of(service).operations().anyMatch(it -> answers(service, it, item));
  }

  private static boolean answers(Service service, OpenApi.Operation operation, Yaml item) {
    var address = "{{%s}}".formatted(ADDRESSES.get(service.ordinal()));
    var url = item.at("request", "url").text();
    return url.startsWith(address)
        && operation.answers(
            item.at("request", "method").text(),
            url.substring(address.length()).split("\\?", 2)[0]);
  }

  /** Statuses that a request's test takes; none if it looks only at the body. */
  private static List<String> expected(Yaml item) {
    return scripts(item)
        .flatMap(script -> STATUSES.matcher(script).results())
        .flatMap(match -> NUMBER.matcher(match.group()).results())
        .map(MatchResult::group)
        .toList();
  }

  private static Stream<String> scripts(Yaml item) {
    return item.at("event").items().map(event -> event.at("script", "exec").text());
  }

  @Test
  void everyRequestIsTested() {
    assertThat(items())
        .hasSizeGreaterThan(80)
        .allSatisfy(item ->
            assertThat(scripts(item))
                .as(item.at("name").text())
                .anyMatch(script -> script.contains("pm.test")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "compose", "k8s"})
  void anEnvironmentHasEveryAddress(String environment) {
    var values =
        Yaml.document("docs/postman/%s.postman_environment.json".formatted(environment))
            .at("values");

    assertThat(values.items().map(value -> value.at("key").text()))
        .containsAll(ADDRESSES)
        .contains("orderManagement", "operatorToken", "gatewayUrl")
        .containsAll(PROGRAMS.stream().map(program -> program + "Client").toList())
        .containsAll(PROGRAMS.stream().map(program -> program + "Secret").toList());
  }

  private static List<Yaml> items() {
    return COLLECTION.at("item").items().flatMap(folder -> folder.at("item").items()).toList();
  }
}
