package dev.mall.saga.operator.audit.web;

import dev.mall.saga.operator.audit.Attributed;
import dev.mall.security.Caller;
import dev.mall.security.Callers;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Type;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Attributes an operator's request to the subject of its token, before it is validated: the name in
 * the body counts only where no token is needed.
 */
@RestControllerAdvice
class TokenSubject extends RequestBodyAdviceAdapter {

  private final HttpServletRequest request;

  /**
   * @param request a proxy of the one that is handled
   */
  TokenSubject(HttpServletRequest request) {
    this.request = request;
  }

  @Override
  public boolean supports(
      MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
    return Attributed.class.isAssignableFrom(ResolvableType.forType(type).toClass());
  }

  @Override
  public Object afterBodyRead(
      Object body,
      HttpInputMessage message,
      MethodParameter parameter,
      Type type,
      Class<? extends HttpMessageConverter<?>> converter) {
    return Callers.of(request)
        .map(Caller::subject)
        .<Object>map(((Attributed) body)::by)
        .orElse(body);
  }
}
