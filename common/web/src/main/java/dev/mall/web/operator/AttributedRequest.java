package dev.mall.web.operator;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;

/**
 * A request of an operator whom an access token names. Endpoints of Actuator find the name in their
 * {@code SecurityContext}.
 */
final class AttributedRequest extends HttpServletRequestWrapper {

  private final String operator;

  AttributedRequest(HttpServletRequest request, String operator) {
    super(request);
    this.operator = operator;
  }

  @Override
  public Principal getUserPrincipal() {
    return () -> operator;
  }

  @Override
  public String getRemoteUser() {
    return operator;
  }
}
