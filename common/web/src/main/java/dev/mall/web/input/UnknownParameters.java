package dev.mall.web.input;

import dev.mall.web.problem.FieldError;
import dev.mall.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.annotation.SynthesizingMethodParameter;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters that a handler does not read, so that a misspelt filter is an error and
 * not a list of everything. Only for our own handlers.
 */
final class UnknownParameters implements HandlerInterceptor {

  /** Of forms where Spring Security protects against requests of other sites, and checked there. */
  private static final String CSRF = "_csrf";

  private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method && isOurs(method)) {
      var names = known.computeIfAbsent(method.getMethod(), _ -> parameters(method));
      var errors =
          request.getParameterMap().keySet().stream()
              .filter(name -> !names.contains(name))
              .filter(name -> !name.equals(CSRF) || request.getAttribute(CSRF) == null)
              .map(name -> new FieldError(name, "is not known"))
              .toList();
      if (!errors.isEmpty()) {
        throw Problems.invalid(errors);
      }
    }
    return true;
  }

  private static boolean isOurs(HandlerMethod method) {
    return method.getBeanType().getName().startsWith("dev.mall.")
        && !ErrorController.class.isAssignableFrom(method.getBeanType());
  }

  private static Set<String> parameters(HandlerMethod method) {
    return Arrays.stream(method.getMethodParameters())
        .flatMap(parameter -> names(parameter.getParameterIndex(), method))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** A record that is no body is bound from one parameter per component. */
  private static Stream<String> names(int index, HandlerMethod method) {
    var parameter = new SynthesizingMethodParameter(method.getMethod(), index);
    var annotation = parameter.getParameterAnnotation(RequestParam.class);
    if (annotation == null) {
      return parameter.getParameterType().isRecord()
              && !parameter.hasParameterAnnotation(RequestBody.class)
          ? Arrays.stream(parameter.getParameterType().getRecordComponents())
              .map(RecordComponent::getName)
          : Stream.empty();
    }
    return Stream.of(
        StringUtils.hasText(annotation.name())
            ? annotation.name()
            : method.getMethod().getParameters()[index].getName());
  }
}
