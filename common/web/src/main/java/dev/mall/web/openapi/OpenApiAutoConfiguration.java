package dev.mall.web.openapi;

import dev.mall.web.operator.OperatorProperties;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.function.Predicate;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;

/** Gives every service's OpenAPI document the same frame. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class OpenApiAutoConfiguration {

  private static final String DESCRIPTION =
      """
      Ids are decimal strings: their numbers are larger than JavaScript can hold. Amounts of money \
      are whole minor units of an ISO 4217 currency. Lists come in pages: `next` of one is the \
      `cursor` of the following, and null at the end.

      Every error is an `application/problem+json` document (RFC 9457); docs/problems.md lists the \
      types. Beside what an operation lists, HTTP itself may be answered with 400 (the request \
      cannot be parsed), 403 (a page of another origin asks), 404 (no such path), 405 (no such \
      method on this path), 408 (it arrives too slowly), 413, 414, 415 or 431 (too large, or \
      encoded in a way that is not read), 501 or 505 (a method, coding or version of HTTP that \
      is not implemented).\
      """;

  @Bean
  OpenAPI openApi(@Value("${spring.application.name}") String service) {
    return new OpenAPI()
        .info(
            new Info()
                .title(service)
                .version("1")
                .description(DESCRIPTION)
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
        .servers(List.of(new Server().url("/").description("where this document came from")))
        .components(new Components().addSchemas("Problem", ProblemResponses.schema()));
  }

  @Bean
  GlobalOperationCustomizer operationProblems() {
    return new OperationProblems();
  }

  @Bean
  GlobalOpenApiCustomizer documentConventions(
      OperatorProperties operator, @Value("${mall.security.issuer:}") String issuer) {
    return new DocumentConventions(anyOf(operator.guardedPaths(issuer)));
  }

  private static Predicate<String> anyOf(List<String> patterns) {
    var parsed = patterns.stream().map(PathPatternParser.defaultInstance::parse).toList();
    return path ->
        parsed.stream().anyMatch(pattern -> pattern.matches(PathContainer.parsePath(path)));
  }
}
