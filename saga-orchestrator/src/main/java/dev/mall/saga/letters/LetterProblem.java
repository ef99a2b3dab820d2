package dev.mall.saga.letters;

import dev.mall.web.ProblemType;
import org.springframework.http.HttpStatus;

/** Every way in which dead letters are refused. */
enum LetterProblem implements ProblemType {
  DEAD_LETTER_UNKNOWN("dead-letter-unknown", HttpStatus.NOT_FOUND, "There is no such dead letter"),
  DEAD_LETTER_SETTLED(
      "dead-letter-settled", HttpStatus.CONFLICT, "The dead letter was settled before"),
  DEAD_LETTER_EXPIRED("dead-letter-expired", HttpStatus.CONFLICT, "The dead letter is too old"),
  DEAD_LETTER_EXHAUSTED(
      "dead-letter-exhausted", HttpStatus.CONFLICT, "The dead letter was sent again too often");

  private final String slug;
  private final HttpStatus status;
  private final String title;

  LetterProblem(String slug, HttpStatus status, String title) {
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
