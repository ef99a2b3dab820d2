package dev.mall.saga.operator.audit;

import org.jspecify.annotations.Nullable;

/**
 * One act of an operator.
 *
 * @param orderId null if it is about no single order
 * @param step null if it is about no step
 * @param letterId of the dead letter that it is about; null if about none
 * @param evidence that a step was done by hand; null for other acts
 * @param before what it was about, as it was: anything that becomes JSON
 * @param after the same, as it is now
 */
public record AuditEntry(
    @Nullable Long orderId,
    Kind kind,
    @Nullable String step,
    @Nullable Long letterId,
    Reason reason,
    @Nullable String evidence,
    @Nullable Object before,
    @Nullable Object after) {

  /** Everything that is done at the desk. */
  public enum Kind {
    RETRY,
    COMPENSATE,
    SETTLE,
    PAUSE,
    RESUME,
    REDRIVE,
    DISCARD
  }

  /** About a step of all sagas. */
  public static AuditEntry about(
      String step, Kind kind, Reason reason, Object before, Object after) {
    return new AuditEntry(null, kind, step, null, reason, null, before, after);
  }

  /** About a dead letter. */
  public static AuditEntry about(
      long letterId,
      @Nullable Long orderId,
      Kind kind,
      Reason reason,
      Object before,
      Object after) {
    return new AuditEntry(orderId, kind, null, letterId, reason, null, before, after);
  }
}
