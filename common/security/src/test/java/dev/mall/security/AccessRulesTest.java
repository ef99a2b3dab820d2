package dev.mall.security;

import static dev.mall.security.AccessRules.Decision.ALLOWED;
import static dev.mall.security.AccessRules.Decision.ALLOWED_TO_OWNER;
import static dev.mall.security.AccessRules.Decision.FORBIDDEN;
import static dev.mall.security.AccessRules.Decision.TOKEN_REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.security.AccessRule.Owner;
import dev.mall.security.AccessRules.Asked;
import dev.mall.security.AccessRules.Decision;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.server.PathContainer;

class AccessRulesTest {

  private static final AccessRules RULES =
      new AccessRules(
          List.of(
              AccessRule.open("GET", "/products/**"),
              AccessRule.staff("PUT", "/products/{sku}", Role.MERCHANT),
              AccessRule.owned("GET", "/orders", new Owner.Parameter("customerId"), Role.OPERATOR),
              AccessRule.owned("POST", "/orders", new Owner.Data()),
              AccessRule.owned(
                  "GET", "/wallets/{customerId}", new Owner.PathVariable("customerId")),
              AccessRule.staff("POST", "/sagas/{orderId}/retry", Role.OPERATOR)));

  @ParameterizedTest
  @CsvSource({
    "GET,  /products/cup,        ,             ALLOWED",
    "HEAD, /products/cup,        ,             ALLOWED",
    "PUT,  /products/cup,        ,             TOKEN_REQUIRED",
    "PUT,  /products/cup,        CUSTOMER,     FORBIDDEN",
    "PUT,  /products/cup,        AUDITOR,      FORBIDDEN",
    "PUT,  /products/cup,        MERCHANT,     ALLOWED",
    "PUT,  /products/cup,        CUSTOMER+MERCHANT, ALLOWED",
    "GET,  /wallets/ada,         CUSTOMER,     ALLOWED_TO_OWNER",
    "GET,  /wallets/ben,         CUSTOMER,     FORBIDDEN",
    "GET,  /wallets/ben,         AUDITOR,      ALLOWED",
    "GET,  /wallets/ben,         OPERATOR,     FORBIDDEN",
    "GET,  /wallets/ada,         '',           FORBIDDEN",
    "POST, /orders,              CUSTOMER,     ALLOWED_TO_OWNER",
    "POST, /orders,              CUSTOMER+OPERATOR, ALLOWED_TO_OWNER",
    "POST, /orders,              AUDITOR,      FORBIDDEN",
    "POST, /sagas/1/retry,       OPERATOR,     ALLOWED",
    "POST, /sagas/1/retry,       AUDITOR,      FORBIDDEN",
    "GET,  /nothing,             ,             TOKEN_REQUIRED",
    "GET,  /nothing,             CUSTOMER+MERCHANT+OPERATOR+AUDITOR, FORBIDDEN",
    "DELETE, /orders,            OPERATOR,     FORBIDDEN"
  })
  void adaMay(String method, String path, @Nullable String roles, Decision decision) {
    assertThat(RULES.decide(asked(method, path), ada(roles))).isEqualTo(decision);
  }

  @Test
  void aCustomerListsOwnOrdersOnly() {
    assertThat(RULES.decide(asked("GET", "/orders", "ada"), ada("CUSTOMER")))
        .isEqualTo(ALLOWED_TO_OWNER);
    assertThat(RULES.decide(asked("GET", "/orders", "ben"), ada("CUSTOMER"))).isEqualTo(FORBIDDEN);
    assertThat(RULES.decide(asked("GET", "/orders"), ada("CUSTOMER"))).isEqualTo(ALLOWED_TO_OWNER);
    assertThat(RULES.decide(asked("GET", "/orders", "ada", "ben"), ada("CUSTOMER")))
        .as("two values, of which a handler reads one")
        .isEqualTo(FORBIDDEN);
    assertThat(RULES.decide(asked("GET", "/orders", "ben"), ada("OPERATOR"))).isEqualTo(ALLOWED);
    assertThat(RULES.decide(asked("GET", "/orders", "ada"), ada(null))).isEqualTo(TOKEN_REQUIRED);
  }

  private static Asked asked(String method, String path, String... customerIds) {
    return new Asked(
        method,
        PathContainer.parsePath(path),
        name -> name.equals("customerId") ? List.of(customerIds) : List.of());
  }

  private static Optional<Caller> ada(@Nullable String roles) {
    return Optional.ofNullable(roles).map(given -> new Caller("ada", rolesOf(given)));
  }

  private static Set<Role> rolesOf(String given) {
    return Arrays.stream(given.split("\\+"))
        .filter(name -> !name.isEmpty())
        .map(Role::valueOf)
        .collect(Collectors.toSet());
  }
}
