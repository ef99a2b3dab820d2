package dev.mall.gateway.limits;

import dev.mall.web.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problem of a client that sends requests faster than it may. */
enum RateLimited implements ProblemType {
  RATE_LIMITED;

  @Override
  public String slug() {
    return "rate-limited";
  }

  @Override
  public HttpStatus status() {
    return HttpStatus.TOO_MANY_REQUESTS;
  }

  @Override
  public String title() {
    return "Too many requests";
  }
}
