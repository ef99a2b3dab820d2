package dev.mall.web.openapi;

import dev.mall.web.CommonProblem;
import dev.mall.web.ProblemType;
import io.swagger.v3.oas.models.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/** Adds to each operation the problems that it may answer with. */
final class OperationProblems implements GlobalOperationCustomizer {

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    problems(operation, method).stream()
        .collect(Collectors.groupingBy(type -> String.valueOf(type.status().value())))
        .forEach((status, types) ->
            operation.getResponses().put(status, ProblemResponses.response(types)));
    return operation;
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
      Arrays.stream(own.value()).map(name -> constant(own.type(), name)).forEach(problems::add);
    }
    return problems;
  }

  private static ProblemType constant(Class<? extends ProblemType> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(problem -> problem.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(type.getName() + " has no " + name));
  }
}
