package dev.mall.security;

import dev.mall.web.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of requests whose token does not allow them. */
public enum SecurityProblem implements ProblemType {
  TOKEN_REQUIRED(HttpStatus.UNAUTHORIZED, "Token required"),
  FORBIDDEN(HttpStatus.FORBIDDEN, "Not allowed"),
  ISSUER_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Tokens cannot be verified");

  private final HttpStatus status;
  private final String title;

  SecurityProblem(HttpStatus status, String title) {
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
