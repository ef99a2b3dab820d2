package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.inventory.InventoryAccess;
import dev.mall.notification.NotificationAccess;
import dev.mall.order.OrderAccess;
import dev.mall.payment.PaymentAccess;
import dev.mall.saga.SagaAccess;
import dev.mall.security.AccessRules;
import dev.mall.security.AccessRules.Asked;
import dev.mall.security.AccessRules.Decision;
import dev.mall.security.Caller;
import dev.mall.security.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.server.PathContainer;

/**
 * Every operation of the OpenAPI documents, for every role and none, about own and other data,
 * beside the expectations in access.txt.
 */
class AccessTest {

  private static final String OWNER = "{customerId}";

  @ParameterizedTest
  @EnumSource
  void everyOperationAllowsWhatIsExpectedOfIt(Service service) {
    var rules = rulesOf(service);

    var actual = OpenApi.of(service).operations().map(it -> row(service, it, rules)).toList();

    assertThat(actual)
        .containsExactlyInAnyOrderElementsOf(
            expectations().filter(it -> it.getFirst().equals(service.module)).toList());
  }

  @Test
  void everyRoleHasAColumn() {
    assertThat(columns().skip(6))
        .containsExactlyElementsOf(
            Stream.of(Role.values()).filter(it -> it != Role.CUSTOMER).map(Role::name).toList());
  }

  @ParameterizedTest
  @EnumSource
  void everyRuleIsOfAnOperation(Service service) {
    var operations = OpenApi.of(service).operations().map(OpenApi.Operation::toString).toList();

    assertThat(rulesOf(service).rules())
        .extracting(rule -> rule.method() + " " + rule.path().getPatternString())
        .containsExactlyInAnyOrderElementsOf(operations);
  }

  @ParameterizedTest
  @EnumSource
  void theDocumentSaysWhichOperationNeedsAToken(Service service) {
    var rules = rulesOf(service);

    assertThat(OpenApi.of(service).operations())
        .allSatisfy(operation -> {
          boolean needed = decided(rules, operation, "ada", Optional.empty()).equals("token");
          assertThat(operation.description().at("security").exists())
              .as("%s", operation)
              .isEqualTo(needed);
          assertThat(operation.responses().keys().filter(Set.of("401", "403")::contains).toList())
              .as("%s", operation)
              .containsExactlyInAnyOrderElementsOf(needed ? List.of("401", "403") : List.of());
        });
  }

  private static List<String> row(Service service, OpenApi.Operation operation, AccessRules rules) {
    var row = new ArrayList<>(List.of(service.module, operation.method(), operation.path()));
    row.add(decided(rules, operation, "ada", Optional.empty()));
    row.add(decided(rules, operation, "ada", ada(Role.CUSTOMER)));
    var other = decided(rules, operation, "ben", ada(Role.CUSTOMER));
    row.add(judgedByHandler(rules, operation) ? "hidden" : other);
    columns()
        .skip(6)
        .forEach(role -> row.add(decided(rules, operation, "ben", ada(Role.valueOf(role)))));
    return row;
  }

  private static boolean judgedByHandler(AccessRules rules, OpenApi.Operation operation) {
    return rules.decide(asked(operation, "ben"), ada(Role.CUSTOMER)) == Decision.ALLOWED_TO_OWNER;
  }

  private static String decided(
      AccessRules rules, OpenApi.Operation operation, String owner, Optional<Caller> caller) {
    return switch (rules.decide(asked(operation, owner), caller)) {
      case ALLOWED, ALLOWED_TO_OWNER -> "yes";
      case FORBIDDEN -> "no";
      case TOKEN_REQUIRED -> "token";
    };
  }

  private static Asked asked(OpenApi.Operation operation, String owner) {
    var named =
        operation
            .parameters()
            .anyMatch(it ->
                it.at("name").text().equals("customerId") && it.at("in").text().equals("query"));
    var path = operation.path().replace(OWNER, owner).replaceAll("\\{\\w+}", "1");
    return new Asked(
        operation.method(),
        PathContainer.parsePath(path),
        name -> named && name.equals("customerId") ? List.of(owner) : List.of());
  }

  private static Optional<Caller> ada(Role role) {
    return Optional.of(new Caller("ada", Set.of(role)));
  }

  private static AccessRules rulesOf(Service service) {
    return switch (service) {
      case ORDER -> OrderAccess.accessRules();
      case INVENTORY -> InventoryAccess.accessRules();
      case PAYMENT -> PaymentAccess.accessRules();
      case NOTIFICATION -> NotificationAccess.accessRules();
      case SAGA -> SagaAccess.accessRules();
    };
  }

  private static Stream<String> columns() {
    return table().findFirst().orElseThrow().stream();
  }

  private static Stream<List<String>> expectations() {
    return table().skip(1);
  }

  private static Stream<List<String>> table() {
    return Yaml.text("tests/deployment/src/test/resources/access.txt")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> List.of(line.split(" +")));
  }
}
