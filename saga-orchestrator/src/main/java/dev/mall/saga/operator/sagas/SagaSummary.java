package dev.mall.saga.operator.sagas;

import dev.mall.saga.engine.SagaState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a saga stands.
 *
 * @param orderId decimal
 * @param step what it waits for; of a saga that ended, what it waited for last
 * @param stepSince when that was asked for first
 * @param deadline when it will be asked for again, or given up; null if parked or ended
 * @param refusal why it is undone; null while it is not
 * @param overdue whether the step is past its time
 * @param held whether the step is paused and was not asked for yet
 * @param parked null while the saga can go on by itself
 */
public record SagaSummary(
    String orderId,
    String definition,
    int version,
    SagaState state,
    String step,
    int round,
    int attempt,
    Instant stepSince,
    @Nullable Instant deadline,
    List<String> done,
    List<String> inDoubt,
    @Nullable String refusal,
    boolean overdue,
    boolean held,
    @Nullable ParkedView parked,
    Instant startedAt) {

  record ParkedView(Instant since, String why) {}
}
