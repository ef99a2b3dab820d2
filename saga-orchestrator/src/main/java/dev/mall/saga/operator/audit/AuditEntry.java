package dev.mall.saga.operator.audit;

import org.jspecify.annotations.Nullable;

/**
 * One action of an operator.
 *
 * @param before the subject before the action: any value that becomes JSON
 * @param after the subject after the action
 */
public record AuditEntry(Subject subject, Kind kind, Reason reason, Object before, Object after) {

  /** All actions of operators. */
  public enum Kind {
    RETRY,
    COMPENSATE,
    SETTLE,
    PAUSE,
    RESUME,
    REDRIVE,
    DISCARD
  }

  /** The subject of an action. */
  public sealed interface Subject {}

  /**
   * One saga.
   *
   * @param evidence that the step was done by hand; null for other actions
   */
  public record OfSaga(long orderId, String step, @Nullable String evidence) implements Subject {}

  /** A step of all sagas. */
  public record OfStep(String step) implements Subject {}

  /**
   * A dead letter.
   *
   * @param orderId null if it is about no order
   */
  public record OfDeadLetter(long id, @Nullable Long orderId) implements Subject {}

  @Nullable Long orderId() {
    return switch (subject) {
      case OfSaga saga -> Long.valueOf(saga.orderId());
      case OfStep _ -> null;
      case OfDeadLetter letter -> letter.orderId();
    };
  }

  @Nullable String step() {
    return switch (subject) {
      case OfSaga saga -> saga.step();
      case OfStep(var step) -> step;
      case OfDeadLetter _ -> null;
    };
  }

  @Nullable Long letterId() {
    return subject instanceof OfDeadLetter(var id, _) ? Long.valueOf(id) : null;
  }

  @Nullable String evidence() {
    return subject instanceof OfSaga(_, _, var evidence) ? evidence : null;
  }
}
