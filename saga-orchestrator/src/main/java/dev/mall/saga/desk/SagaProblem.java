package dev.mall.saga.desk;

import dev.mall.web.ProblemType;
import org.springframework.http.HttpStatus;

/** Every way the desk says no. */
enum SagaProblem implements ProblemType {
  SAGA_UNKNOWN("saga-unknown", HttpStatus.NOT_FOUND, "No saga is about this order"),
  SAGA_ENDED("saga-ended", HttpStatus.CONFLICT, "The saga has ended"),
  SAGA_MOVED("saga-moved", HttpStatus.CONFLICT, "The saga is at another step or round"),
  SAGA_COMPENSATING("saga-compensating", HttpStatus.CONFLICT, "The saga is undone already"),
  PIVOT_ASKED("pivot-asked", HttpStatus.CONFLICT, "The pivot may have been done"),
  PIVOT_PASSED("pivot-passed", HttpStatus.CONFLICT, "Nothing is undone after the pivot"),
  STEP_PAUSED("step-paused", HttpStatus.CONFLICT, "The step is paused"),
  STEP_LOST("step-lost", HttpStatus.CONFLICT, "The saga is at a step that it does not have"),
  STEP_UNKNOWN("step-unknown", HttpStatus.NOT_FOUND, "No saga has this step");

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
