package dev.mall.saga.operator.deadletters;

import dev.mall.web.problem.Problem;
import dev.mall.web.problem.RequestRefused;
import java.io.Serial;

/** The refusals of an operator's requests about dead letters. */
public abstract sealed class DeadLetterRefused extends RequestRefused {

  @Serial private static final long serialVersionUID = 1L;

  private DeadLetterRefused(String detail) {
    super(detail);
  }

  @Problem(type = "dead-letter-unknown", status = 404, title = "Unknown dead letter")
  public static final class Unknown extends DeadLetterRefused {
    public Unknown(long id) {
      super("no dead letter has id " + id);
    }
  }

  @Problem(type = "dead-letter-settled", status = 409, title = "Dead letter already settled")
  public static final class Settled extends DeadLetterRefused {
    Settled(DeadLetterStatus status) {
      super("it is %s already".formatted(status));
    }
  }

  /** The receiver may no longer recognize the message as a duplicate. */
  @Problem(type = "dead-letter-expired", status = 409, title = "Dead letter expired")
  public static final class Expired extends DeadLetterRefused {
    Expired(long days) {
      super(
          "a repeat is known for %d days only; discard it, or retry its saga's step"
              .formatted(days));
    }
  }

  @Problem(type = "dead-letter-exhausted", status = 409, title = "Redrives exhausted")
  public static final class Exhausted extends DeadLetterRefused {
    Exhausted(int redrives) {
      super(
          "it was sent again %d times and died each time; discard it, or settle its saga's step"
              .formatted(redrives));
    }
  }
}
