package dev.mall.saga.operator.sagas;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.mall.saga.engine.SagaState;
import dev.mall.saga.engine.TimelineEntry.What;
import dev.mall.saga.operator.audit.AuditLog;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A saga and all that happened to it.
 *
 * @param remaining what it has still to do, from the step that it waits for on, if nothing is
 *     refused; null if this release does not know its definition
 * @param deferred how many signals wait for a release that knows its definition
 * @param acts what operators did about it
 */
public record SagaDetails(
    @JsonUnwrapped SagaSummary saga,
    @Nullable List<String> remaining,
    int deferred,
    List<Line> timeline,
    List<AuditLog.Entry> acts) {

  /**
   * One transition.
   *
   * @param state where the saga stood afterwards
   * @param step what the saga was waiting for when it happened, and which round and attempt of it
   * @param heard type of the message that came in; null if time passed or an operator acted
   * @param said type of the command that was sent; null if none was
   * @param deadline until when its answer was waited for
   */
  record Line(
      int number,
      Instant at,
      What what,
      SagaState state,
      String step,
      int round,
      int attempt,
      @Nullable String heard,
      @Nullable UUID heardId,
      @Nullable String said,
      @Nullable UUID saidId,
      @Nullable Instant deadline,
      @Nullable String detail) {}
}
