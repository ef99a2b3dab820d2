package dev.mall.web.problem;

import java.io.IOException;
import java.io.Serial;

/** A body that is refused while it is read: too long, too slow, or not UTF-8. */
public final class BodyRefusedException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  private final CommonProblem problem;

  /**
   * @param detail for the client
   */
  public BodyRefusedException(CommonProblem problem, String detail) {
    super(detail);
    this.problem = problem;
  }

  CommonProblem problem() {
    return problem;
  }
}
