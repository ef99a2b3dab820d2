package dev.mall.saga.operator.sagas;

import dev.mall.web.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** Every way the desk says no. */
public enum SagaProblem implements ProblemType {
  SAGA_UNKNOWN(HttpStatus.NOT_FOUND, "No saga is about this order"),
  SAGA_ENDED(HttpStatus.CONFLICT, "The saga has ended"),
  SAGA_MOVED(HttpStatus.CONFLICT, "The saga is at another step or round"),
  SAGA_COMPENSATING(HttpStatus.CONFLICT, "The saga is undone already"),
  PIVOT_ASKED(HttpStatus.CONFLICT, "The pivot may have been done"),
  PIVOT_PASSED(HttpStatus.CONFLICT, "Nothing is undone after the pivot"),
  STEP_PAUSED(HttpStatus.CONFLICT, "The step is paused"),
  STEP_LOST(HttpStatus.CONFLICT, "The saga is at a step that it does not have"),
  DEFINITION_UNKNOWN(HttpStatus.CONFLICT, "This release does not know the saga's definition"),
  STEP_UNKNOWN(HttpStatus.NOT_FOUND, "No saga has this step");

  private final HttpStatus status;
  private final String title;

  SagaProblem(HttpStatus status, String title) {
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
