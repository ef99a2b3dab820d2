package dev.mall.gateway.routing;

import dev.mall.web.problem.ProblemType;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** The problems that the gateway itself answers with, beside those of every service. */
enum GatewayProblem implements ProblemType {
  SERVICE_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "Service unreachable"),
  SERVICE_FAILED(HttpStatus.BAD_GATEWAY, "Service failed"),
  SERVICE_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "Service timeout");

  private final HttpStatus status;
  private final String title;

  GatewayProblem(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  @Override
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
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
