package dev.mall.web.openapi;

import dev.mall.web.problem.CommonProblem;
import dev.mall.web.problem.FieldError;
import dev.mall.web.problem.ProblemType;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Describes problem details: their schema, and one response for the problems of one status. */
public final class ProblemResponses {

  private static final String SCHEMA = "Problem";

  private ProblemResponses() {}

  static Schema<?> schema() {
    Schema<?> schema =
        new ObjectSchema()
            .description("A problem (RFC 9457). Programs branch on `type`; the texts may change.")
            .addProperty("type", new StringSchema().format("uri").description("Never changes."))
            .addProperty("title", new StringSchema().description("The same for every occurrence."))
            .addProperty("status", new IntegerSchema().description("The HTTP status."))
            .addProperty(
                "detail",
                new StringSchema().description("The occurrence: which value, and what to do."))
            .addProperty("instance", new StringSchema().description("The path of the request."))
            .addProperty(
                "errors", new ArraySchema().items(fieldError()).description("Each wrong value."));
    schema.setRequired(List.of("type", "title", "status"));
    return schema;
  }

  private static Schema<?> fieldError() {
    Schema<?> schema =
        new ObjectSchema()
            .addProperty(
                "field",
                new StringSchema()
                    .description("A path into the body, or the name of a parameter or header.")
                    .example("items[0].quantity"))
            .addProperty(
                "message",
                new StringSchema()
                    .description("Completes the sentence that `field` begins.")
                    .example("must be less than or equal to 999"));
    schema.setRequired(List.of("field", "message"));
    return schema;
  }

  /** Adds problems to an operation, together with others of the same status. */
  public static void add(Operation operation, List<? extends ProblemType> types) {
    types.stream()
        .collect(Collectors.groupingBy(type -> String.valueOf(type.status().value())))
        .forEach((status, same) ->
            operation.getResponses().merge(status, response(same), ProblemResponses::merged));
  }

  private static ApiResponse merged(ApiResponse known, ApiResponse added) {
    known.setDescription(known.getDescription() + "\n" + added.getDescription());
    problems(added).getExamples().forEach(problems(known)::addExamples);
    return known;
  }

  private static MediaType problems(ApiResponse response) {
    return Objects.requireNonNull(
        response
            .getContent()
            .get(org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE));
  }

  /**
   * @param types problems of one status
   */
  private static ApiResponse response(List<? extends ProblemType> types) {
    var status = types.getFirst().status();
    var response = new ApiResponse().description(description(types)).content(content(types));
    if (status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.TOO_MANY_REQUESTS) {
      response.addHeaderObject(
          HttpHeaders.RETRY_AFTER,
          header("After how many seconds to try again.", new IntegerSchema()));
    }
    if (status == HttpStatus.UNAUTHORIZED) {
      response.addHeaderObject(
          HttpHeaders.WWW_AUTHENTICATE, header("The scheme: Bearer.", new StringSchema()));
    }
    return response;
  }

  static Header header(String description, Schema<?> schema) {
    return new Header().description(description).schema(schema);
  }

  private static String description(List<? extends ProblemType> types) {
    return types.stream()
        .map(type -> "`%s`: %s.".formatted(type.slug(), type.title()))
        .collect(Collectors.joining("\n"));
  }

  private static Content content(List<? extends ProblemType> types) {
    var problem = new MediaType();
    problem.schema(new Schema<>().$ref(Components.COMPONENTS_SCHEMAS_REF + SCHEMA));
    types.forEach(type -> problem.addExamples(type.slug(), example(type)));
    return new Content()
        .addMediaType(org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE, problem);
  }

  private static Example example(ProblemType type) {
    var value = new LinkedHashMap<String, Object>();
    value.put("type", type.uri().toString());
    value.put("title", type.title());
    value.put("status", type.status().value());
    value.put("detail", type.title());
    if (type == CommonProblem.INVALID_REQUEST) {
      value.put("errors", List.of(new FieldError("limit", "must be less than or equal to 200")));
    }
    return new Example().value(value);
  }
}
