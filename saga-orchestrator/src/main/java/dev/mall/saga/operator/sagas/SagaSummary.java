package dev.mall.saga.operator.sagas;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.mall.saga.engine.SagaState;
import dev.mall.saga.engine.definition.SagaTurn;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a saga.
 *
 * @param orderId decimal
 * @param turn which of the order's sagas it is
 * @param step the current one; of a saga that has ended, the last one
 * @param refusal why it is compensated; null while it is not
 * @param overdue whether the step is past its time
 * @param held whether the step is paused and its command was not sent yet
 * @param parked null unless the saga needs an operator
 */
public record SagaSummary(
    String orderId,
    SagaTurn turn,
    String definition,
    int version,
    SagaState state,
    @JsonUnwrapped Step step,
    List<String> done,
    List<String> inDoubt,
    @Nullable String refusal,
    boolean overdue,
    boolean held,
    @Nullable ParkedView parked,
    Instant startedAt) {

  /** The id under which it is stored. */
  @JsonIgnore
  public long id() {
    return turn.sagaOf(Long.parseLong(orderId));
  }

  /**
   * A saga's current step.
   *
   * @param stepSince when its command was sent first
   * @param deadline when it is retried or given up; null if the saga is parked or has ended
   */
  public record Step(
      String step, int round, int attempt, Instant stepSince, @Nullable Instant deadline) {}

  public record ParkedView(Instant since, String why) {}
}
