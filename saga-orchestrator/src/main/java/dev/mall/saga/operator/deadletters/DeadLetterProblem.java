package dev.mall.saga.operator.deadletters;

import dev.mall.web.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** Every way in which dead letters are refused. */
public enum DeadLetterProblem implements ProblemType {
  DEAD_LETTER_UNKNOWN(HttpStatus.NOT_FOUND, "There is no such dead letter"),
  DEAD_LETTER_SETTLED(HttpStatus.CONFLICT, "The dead letter was settled before"),
  DEAD_LETTER_EXPIRED(HttpStatus.CONFLICT, "The dead letter is too old"),
  DEAD_LETTER_EXHAUSTED(HttpStatus.CONFLICT, "The dead letter was sent again too often");

  private final HttpStatus status;
  private final String title;

  DeadLetterProblem(HttpStatus status, String title) {
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
