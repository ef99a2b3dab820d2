package dev.mall.saga.engine.definition;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Other times than a definition's own for one of its steps.
 *
 * @param timeout how long the first attempt's answer may take; null keeps the definition's
 * @param inDoubtAfter how long a compensatable step may go unanswered in all; null keeps the
 *     definition's
 */
public record StepTimes(@Nullable Duration timeout, @Nullable Duration inDoubtAfter) {

  static final StepTimes UNCHANGED = new StepTimes(null, null);

  public StepTimes {
    if (timeout != null && !timeout.isPositive()) {
      throw new IllegalArgumentException("a step's timeout must be above zero");
    }
    if (inDoubtAfter != null && !inDoubtAfter.isPositive()) {
      throw new IllegalArgumentException("a step's in-doubt-after must be above zero");
    }
  }
}
