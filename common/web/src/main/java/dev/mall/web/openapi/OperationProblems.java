package dev.mall.web.openapi;

import dev.mall.web.input.IdempotencyKey;
import dev.mall.web.input.IfMatch;
import dev.mall.web.input.Replayed;
import dev.mall.web.problem.CommonProblem;
import dev.mall.web.problem.ProblemType;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.web.method.HandlerMethod;

/** Adds to each operation the problems that it may answer with, and headers that go together. */
final class OperationProblems implements GlobalOperationCustomizer {

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    ProblemResponses.add(operation, problems(operation, method));
    describeHeaders(operation);
    return operation;
  }

  private static void describeHeaders(Operation operation) {
    boolean conditional = operation.getResponses().containsKey("304");
    if (conditional) {
      operation.addParametersItem(
          new HeaderParameter()
              .name(HttpHeaders.IF_NONE_MATCH)
              .required(false)
              .schema(new StringSchema())
              .description("An earlier `ETag`: the answer is 304 if nothing has changed since."));
    }
    if (conditional || has(operation, IfMatch.HEADER)) {
      onSuccess(
          operation, HttpHeaders.ETAG, "Names the version answered, for conditional requests.");
    }
    if (has(operation, IdempotencyKey.HEADER)) {
      onSuccess(
          operation, Replayed.HEADER, "`true` if the key repeats a request: nothing was done.");
    }
  }

  private static boolean has(Operation operation, String header) {
    return operation.getParameters() != null
        && operation.getParameters().stream().anyMatch(it -> it.getName().equals(header));
  }

  private static void onSuccess(Operation operation, String header, String description) {
    operation
        .getResponses()
        .forEach((status, response) -> {
          if (status.startsWith("2")) {
            response.addHeaderObject(
                header, ProblemResponses.header(description, new StringSchema()));
          }
        });
  }

  private static List<ProblemType> problems(Operation operation, HandlerMethod method) {
    var problems = new ArrayList<ProblemType>();
    problems.add(CommonProblem.BAD_REQUEST);
    if (operation.getRequestBody() != null) {
      problems.add(CommonProblem.MALFORMED_BODY);
      problems.add(CommonProblem.BODY_TOO_LARGE);
      problems.add(CommonProblem.UNSUPPORTED_MEDIA_TYPE);
    }
    if (operation.getRequestBody() != null || operation.getParameters() != null) {
      problems.add(CommonProblem.INVALID_REQUEST);
    }
    problems.add(CommonProblem.NOT_ACCEPTABLE);
    problems.add(CommonProblem.INTERNAL);
    problems.add(CommonProblem.OVERRUN);
    problems.add(CommonProblem.UNAVAILABLE);
    var own = method.getMethodAnnotation(Refuses.class);
    if (own != null) {
      Arrays.stream(own.value()).flatMap(ProblemType::in).forEach(problems::add);
    }
    return problems;
  }
}
