package dev.mall.saga.desk;

import dev.mall.web.ProblemType;
import org.springframework.http.HttpStatus;

/** Every way the desk says no. */
enum SagaProblem implements ProblemType {
  SAGA_UNKNOWN("saga-unknown", HttpStatus.NOT_FOUND, "No saga is about this order");

  private final String slug;
  private final HttpStatus status;
  private final String title;

  SagaProblem(String slug, HttpStatus status, String title) {
    this.slug = slug;
    this.status = status;
    this.title = title;
  }

  @Override
  public String slug() {
    return slug;
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
