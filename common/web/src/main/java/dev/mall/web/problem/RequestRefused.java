package dev.mall.web.problem;

import java.io.Serial;
import java.time.Duration;
import java.util.List;
import org.springframework.web.ErrorResponseException;

/**
 * A well-formed request that a service refuses, with nothing done. A service's refusals are one
 * sealed subclass, whose cases each carry their {@link Problem}; no other code maps them.
 */
public abstract class RequestRefused extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final String detail;
  private final List<FieldError> errors;

  /**
   * @param detail for the client
   * @param errors the values to blame, if any
   */
  protected RequestRefused(String detail, FieldError... errors) {
    super(detail, null, false, false); // an answer, not a fault: no stack trace
    this.detail = detail;
    this.errors = List.of(errors);
  }

  /** Describes this occurrence. */
  public String detail() {
    return detail;
  }

  /** Returns the values to blame. */
  protected List<FieldError> errors() {
    return errors;
  }

  /** The time after which the request may be sent again; zero where that would not help. */
  protected Duration retryAfter() {
    return Duration.ofSeconds(declared(getClass()).retryAfter());
  }

  ErrorResponseException answer() {
    var answer = Problems.refusal(ProblemType.of(getClass()), detail, errors());
    var after = retryAfter();
    if (after.isPositive()) {
      Problems.retryAfter(answer, after);
    }
    return answer;
  }

  static Problem declared(Class<? extends RequestRefused> refusal) {
    var problem = refusal.getAnnotation(Problem.class);
    if (problem == null) {
      throw new IllegalStateException(refusal.getName() + " has no @Problem");
    }
    return problem;
  }
}
