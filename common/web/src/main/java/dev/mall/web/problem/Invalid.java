package dev.mall.web.problem;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.validation.Errors;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** Collects the field errors of Spring's exceptions about invalid requests. */
final class Invalid {

  private Invalid() {}

  static List<FieldError> fields(MethodArgumentNotValidException ex) {
    return inBean(ex.getBindingResult()).toList();
  }

  static List<FieldError> fields(HandlerMethodValidationException ex) {
    return ex.getParameterValidationResults().stream().flatMap(Invalid::inParameter).toList();
  }

  static List<FieldError> fields(TypeMismatchException ex) {
    var name = ex.getPropertyName();
    return name == null ? List.of() : List.of(new FieldError(name, expected(ex.getRequiredType())));
  }

  static List<FieldError> fields(MissingServletRequestParameterException ex) {
    return List.of(new FieldError(ex.getParameterName(), "is missing"));
  }

  static List<FieldError> fields(ServletRequestBindingException ex) {
    return ex instanceof MissingRequestHeaderException missing
        ? List.of(new FieldError(missing.getHeaderName(), "is missing"))
        : List.of();
  }

  static String summary(List<FieldError> errors) {
    return errors.isEmpty()
        ? "a value is missing or not allowed"
        : errors.stream().map(e -> e.field() + " " + e.message()).collect(Collectors.joining("; "));
  }

  /** Describes the values that {@code type} allows. */
  static String expected(@Nullable Class<?> type) {
    if (type == null) {
      return "is not valid";
    }
    if (type.isEnum()) {
      return "must be one of "
          + Arrays.stream(type.getEnumConstants())
              .map(Object::toString)
              .collect(Collectors.joining(", "));
    }
    if (type == int.class || type == long.class || Number.class.isAssignableFrom(type)) {
      return "must be a whole number in range";
    }
    return type == String.class ? "must be a string" : "is not valid";
  }

  private static Stream<FieldError> inParameter(ParameterValidationResult result) {
    if (result instanceof ParameterErrors errors) {
      return inBean(errors);
    }
    var name = result.getMethodParameter().getParameterName();
    return result.getResolvableErrors().stream()
        .map(error -> new FieldError(name == null ? "parameter" : name, message(error)));
  }

  private static Stream<FieldError> inBean(Errors errors) {
    return errors.getAllErrors().stream()
        .map(error -> new FieldError(field(error), messageInBean(error)));
  }

  /** A value that could not be converted has a message about Java types. */
  private static String messageInBean(ObjectError error) {
    return error.contains(TypeMismatchException.class)
        ? expected(error.unwrap(TypeMismatchException.class).getRequiredType())
        : message(error);
  }

  private static String field(ObjectError error) {
    return error instanceof org.springframework.validation.FieldError blamed
        ? blamed.getField()
        : error.getObjectName();
  }

  private static String message(MessageSourceResolvable error) {
    var message = error.getDefaultMessage();
    return message == null ? "is not valid" : message;
  }
}
