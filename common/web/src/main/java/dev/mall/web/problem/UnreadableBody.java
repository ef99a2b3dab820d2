package dev.mall.web.problem;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says where a body went wrong, without a word of Java. */
final class UnreadableBody {

  private UnreadableBody() {}

  static ProblemDetail problem(HttpMessageNotReadableException ex) {
    if (!(ex.getCause() instanceof JacksonException json)) {
      return Problems.problem(CommonProblem.MALFORMED_BODY, "a JSON body is needed");
    }
    var field = path(json);
    if (field.isEmpty()) {
      return Problems.problem(CommonProblem.MALFORMED_BODY, "the body " + where(json));
    }
    var error = new FieldError(field, message(json));
    return Problems.problem(
        notJson(json) ? CommonProblem.MALFORMED_BODY : CommonProblem.INVALID_REQUEST,
        error.field() + " " + error.message(),
        List.of(error));
  }

  private static boolean notJson(JacksonException json) {
    return json instanceof StreamReadException && !(json instanceof InputCoercionException);
  }

  private static String message(JacksonException json) {
    return switch (json) {
      case UnrecognizedPropertyException _ -> "is not known";
      case MismatchedInputException mismatch -> Invalid.expected(mismatch.getTargetType());
      case InputCoercionException range -> Invalid.expected(range.getTargetType());
      case StreamReadException _ -> where(json);
      default -> "is not valid";
    };
  }

  private static String where(JacksonException json) {
    var location = json.getLocation();
    return location == null || json instanceof MismatchedInputException
        ? "does not have the expected shape"
        : "is not JSON at line %d, column %d"
            .formatted(location.getLineNr(), location.getColumnNr());
  }

  private static String path(JacksonException json) {
    return json.getPath().stream()
        .map(step -> part(step.getPropertyName(), step.getIndex()))
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }

  private static String part(@Nullable String name, int index) {
    return name == null ? "[" + index + "]" : "." + name;
  }
}
