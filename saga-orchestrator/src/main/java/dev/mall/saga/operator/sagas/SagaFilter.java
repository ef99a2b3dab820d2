package dev.mall.saga.operator.sagas;

import dev.mall.saga.engine.SagaState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which sagas to list; null means any.
 *
 * @param step what they wait for, which only open ones do
 * @param held whether their step is paused and was not asked for yet
 * @param deferred whether signals wait for a release that knows the definition
 * @param version of the definition; of open sagas, unless {@code state} says otherwise
 * @param olderThan how long ago it began, at least; zero or more
 */
public record SagaFilter(
    @Nullable SagaState state,
    @Nullable String step,
    @Nullable Duration olderThan,
    @Nullable Boolean overdue,
    @Nullable Boolean parked,
    @Nullable Boolean held,
    @Nullable Boolean deferred,
    @Nullable Integer version) {}
