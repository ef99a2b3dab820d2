package dev.mall.lab.trial;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A step failed in a way that its experiment does not expect. */
public final class StepFailedException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  StepFailedException(String node, String step, String problem, @Nullable Throwable cause) {
    super("%s: %s: %s".formatted(node, step, problem), cause);
  }
}
