package dev.mall.web.input;

import dev.mall.web.problem.CommonProblem;
import dev.mall.web.problem.FieldError;
import dev.mall.web.problem.Problems;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds every wrong value of a body. Jackson stops at the first, so it is taken out of the tree and
 * the rest is bound again, until it binds; then the constraints of the remaining values are
 * checked.
 */
final class BodyErrors {

  private static final int MOST = 50;

  private final JsonMapper json;
  private final Validator validator;

  BodyErrors(JsonMapper json, Validator validator) {
    this.json = json;
    this.validator = validator;
  }

  /** Returns the refusal of a body that does not bind. */
  ErrorResponseException refusal(byte[] body, JavaType type, JacksonException first) {
    if (path(first).isEmpty()) {
      return Problems.refusal(CommonProblem.MALFORMED_BODY, "the body " + where(first));
    }
    if (isSyntax(first)) {
      var error = new FieldError(path(first), where(first));
      return Problems.refusal(
          CommonProblem.MALFORMED_BODY, error.field() + " " + error.message(), error);
    }
    var errors = new LinkedHashMap<String, String>();
    errors.put(path(first), message(first));
    bindRest(body, type, first, errors);
    return Problems.invalid(
        errors.entrySet().stream()
            .map(error -> new FieldError(error.getKey(), error.getValue()))
            .toList());
  }

  private void bindRest(
      byte[] body, JavaType type, JacksonException first, Map<String, String> errors) {
    try {
      var tree = json.readTree(body);
      for (var failure = first; failure != null && errors.size() < MOST; ) {
        if (!takenOut(tree, failure)) {
          return;
        }
        failure = bind(tree, type, errors);
      }
    } catch (JacksonException _) {
      // the rest is not JSON, or nested too deeply: only the errors before it are named
    }
  }

  /** Returns the next failure; null once the tree is bound and its constraints are checked. */
  private @Nullable JacksonException bind(
      JsonNode tree, JavaType type, Map<String, String> errors) {
    try {
      Object bound = json.readerFor(type).readValue(tree);
      validator.validate(bound).stream()
          .map(broken -> new FieldError(field(broken.getPropertyPath()), broken.getMessage()))
          .filter(broken -> errors.keySet().stream().noneMatch(it -> concerns(it, broken.field())))
          .sorted(Comparator.comparing(FieldError::field))
          .toList()
          .forEach(broken -> errors.putIfAbsent(broken.field(), broken.message()));
      return null;
    } catch (JacksonException next) {
      return !path(next).isEmpty() && errors.putIfAbsent(path(next), message(next)) == null
          ? next
          : null;
    }
  }

  /** Like Spring's, without the node for an element of a list. */
  private static String field(Path path) {
    var field = path.toString();
    int element = field.endsWith(">") ? field.lastIndexOf(".<") : -1;
    return element < 0 ? field : field.substring(0, element);
  }

  /** Whether a constraint is broken because the value, or one inside it, was taken out. */
  private static boolean concerns(String takenOut, String field) {
    return takenOut.equals(field)
        || takenOut.startsWith(field + ".")
        || takenOut.startsWith(field + "[");
  }

  private static boolean takenOut(JsonNode tree, JacksonException failure) {
    var path = failure.getPath();
    @Nullable JsonNode parent = tree;
    for (var step : path.subList(0, path.size() - 1)) {
      parent = parent == null ? null : child(parent, step);
    }
    var last = path.getLast();
    return switch (parent) {
      case ObjectNode object when last.getPropertyName() != null ->
          object.remove(last.getPropertyName()) != null;
      case ArrayNode array when last.getIndex() >= 0 && last.getIndex() < array.size() -> {
        array.setNull(last.getIndex());
        yield true;
      }
      case null, default -> false;
    };
  }

  private static @Nullable JsonNode child(JsonNode parent, Reference step) {
    return step.getPropertyName() == null
        ? parent.get(step.getIndex())
        : parent.get(step.getPropertyName());
  }

  private static boolean isSyntax(JacksonException failure) {
    return failure instanceof StreamReadException && !(failure instanceof InputCoercionException);
  }

  private static String message(JacksonException failure) {
    return switch (failure) {
      case UnrecognizedPropertyException _ -> "is not known";
      case MismatchedInputException mismatch -> Problems.expected(mismatch.getTargetType());
      case InputCoercionException range -> Problems.expected(range.getTargetType());
      default -> "is not valid";
    };
  }

  private static String where(JacksonException failure) {
    var location = failure.getLocation();
    return location == null || failure instanceof MismatchedInputException
        ? "does not have the expected shape"
        : "is not JSON at line %d, column %d"
            .formatted(location.getLineNr(), location.getColumnNr());
  }

  private static String path(JacksonException failure) {
    return failure.getPath().stream()
        .map(step -> part(step.getPropertyName(), step.getIndex()))
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }

  private static String part(@Nullable String name, int index) {
    return name == null ? "[" + index + "]" : "." + name;
  }
}
