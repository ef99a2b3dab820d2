package dev.mall.gateway;

import dev.mall.web.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems that the gateway itself answers with, in addition to those of every service. */
public enum GatewayProblem implements ProblemType {
  SERVICE_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "Service unreachable"),
  SERVICE_FAILED(HttpStatus.BAD_GATEWAY, "Service failed"),
  SERVICE_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "Service timeout"),
  RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS, "Too many requests");

  private final HttpStatus status;
  private final String title;

  GatewayProblem(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  @Override
  public HttpStatus status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }
}
