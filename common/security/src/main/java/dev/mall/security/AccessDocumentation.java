package dev.mall.security;

import dev.mall.web.openapi.ProblemResponses;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** Says in the OpenAPI document which operation needs a token, and of which role. */
final class AccessDocumentation implements GlobalOpenApiCustomizer {

  private static final String LOGIN = "login";
  private static final String BEARER = "bearer";

  private final AccessRules rules;
  private final String issuer;

  AccessDocumentation(AccessRules rules, String issuer) {
    this.rules = rules;
    this.issuer = issuer;
  }

  @Override
  public void customise(OpenAPI document) {
    document
        .getPaths()
        .forEach((path, item) ->
            item.readOperationsMap()
                .forEach((method, operation) ->
                    rules
                        .ruleFor(method.name(), path)
                        .filter(rule -> !rule.isOpen())
                        .ifPresent(rule -> describe(operation, rule, method.name()))));
    document
        .getComponents()
        .addSecuritySchemes(
            LOGIN,
            new SecurityScheme()
                .type(SecurityScheme.Type.OPENIDCONNECT)
                .openIdConnectUrl(issuer + "/.well-known/openid-configuration")
                .description(
                    "Authorization code with PKCE for people, client credentials for programs."))
        .addSecuritySchemes(
            BEARER,
            new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .bearerFormat("JWT")
                .description("An access token of the issuer."));
  }

  private static void describe(Operation operation, AccessRule rule, String method) {
    operation.setDescription(
        "%s\n\nRoles: %s.".formatted(operation.getDescription(), roles(rule, method)));
    operation.addSecurityItem(new SecurityRequirement().addList(LOGIN));
    operation.addSecurityItem(new SecurityRequirement().addList(BEARER));
    ProblemResponses.add(operation, List.of(SecurityProblem.values()));
  }

  private static String roles(AccessRule rule, String method) {
    return Arrays.stream(Role.values())
        .filter(role -> AccessRules.allowsSome(rule, role, method))
        .map(role -> role == Role.CUSTOMER ? "CUSTOMER (own data)" : role.name())
        .collect(Collectors.joining(", "));
  }
}
