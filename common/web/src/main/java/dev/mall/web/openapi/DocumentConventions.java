package dev.mall.web.openapi;

import dev.mall.web.problem.CommonProblem;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/**
 * Says in the whole document what is the same everywhere: ids are decimal strings, patterns match
 * whole values, some parameters have one meaning, and which operations need the operator's token.
 */
final class DocumentConventions implements GlobalOpenApiCustomizer {

  static final String OPERATOR = "operator";
  static final String ID = "^[0-9]{1,19}$";
  private static final String ID_EXAMPLE = "120203516923871232";

  private static final Map<String, Consumer<Parameter>> PARAMETERS =
      Map.of(
          "Idempotency-Key",
              parameter ->
                  describe(
                      parameter,
                      "Names the request: sending it again with the same key does nothing more, and is"
                          + " answered like the first. 1 to 128 visible ASCII characters.",
                      key -> key.minLength(1).maxLength(128).pattern("^[!-~]{1,128}$")),
          "Prefer",
              parameter ->
                  describe(
                      parameter,
                      "`wait=N` waits up to N seconds, 0 to 30, for the outcome (RFC 7240). Other"
                          + " preferences are ignored.",
                      prefer -> prefer.example("wait=5")),
          "cursor",
              parameter ->
                  describe(
                      parameter,
                      "Where the page begins: `next` of the page before. Left out, the first page.",
                      cursor -> {}),
          "If-Match",
              parameter ->
                  describe(
                      parameter,
                      "Only if this is the current `ETag`, or one of several; `*`: only if it exists.",
                      match -> match.example("\"3\"")),
          "limit",
              parameter -> describe(parameter, "How many items a page has at most.", limit -> {}));

  private final Predicate<String> operatorPaths;

  DocumentConventions(Predicate<String> operatorPaths) {
    this.operatorPaths = operatorPaths;
  }

  @Override
  public void customise(OpenAPI document) {
    document
        .getPaths()
        .forEach(
            (path, item) -> item.readOperations().forEach(operation -> customise(operation, path)));
    var schemas = document.getComponents().getSchemas();
    schemas.values().forEach(DocumentConventions::customise);
    if (document.getPaths().keySet().stream().anyMatch(operatorPaths)) {
      document
          .getComponents()
          .addSecuritySchemes(
              OPERATOR,
              new SecurityScheme()
                  .type(SecurityScheme.Type.HTTP)
                  .scheme("bearer")
                  .description("The operator's token (MALL_OPERATOR_TOKEN)."));
    }
  }

  private void customise(Operation operation, String path) {
    parameters(operation).forEach(DocumentConventions::customise);
    if (operatorPaths.test(path)) {
      operation.addSecurityItem(new SecurityRequirement().addList(OPERATOR));
      ProblemResponses.add(operation, List.of(CommonProblem.UNAUTHORIZED));
    }
  }

  private static Stream<Parameter> parameters(Operation operation) {
    return operation.getParameters() == null ? Stream.empty() : operation.getParameters().stream();
  }

  private static void customise(Parameter parameter) {
    var schema = parameter.getSchema();
    if ("int64".equals(schema.getFormat())) {
      parameter.setSchema(new StringSchema().pattern(ID).example(ID_EXAMPLE));
    }
    if (schema.getTypes() != null) {
      schema.getTypes().remove("null"); // a parameter is left out instead
    }
    anchor(parameter.getSchema());
    PARAMETERS.getOrDefault(parameter.getName(), _ -> {}).accept(parameter);
  }

  private static void customise(Schema<?> schema) {
    anchor(schema);
    var properties = schema.getProperties();
    if (properties != null) {
      properties.forEach((name, property) -> {
        if (isId(name) && property.getFormat() == null && property.getPattern() == null) {
          property.pattern(ID).example(ID_EXAMPLE);
        }
        customise(property);
      });
    }
    if (schema.getItems() != null) {
      customise(schema.getItems());
    }
    if (schema.getAllOf() != null) {
      schema.getAllOf().forEach(DocumentConventions::customise);
    }
  }

  private static boolean isId(String name) {
    return name.equals("id") || name.equals("orderId");
  }

  /** Bean Validation matches the whole value, JSON Schema any part of it. */
  private static void anchor(Schema<?> schema) {
    var pattern = schema.getPattern();
    if (pattern != null && !pattern.startsWith("^")) {
      schema.setPattern(
          pattern.contains("|") ? "^(?:%s)$".formatted(pattern) : "^%s$".formatted(pattern));
    }
  }

  private static void describe(Parameter parameter, String text, Consumer<Schema<?>> limits) {
    if (parameter.getDescription() == null) {
      parameter.setDescription(text);
    }
    limits.accept(parameter.getSchema());
  }
}
