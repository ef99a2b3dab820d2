package dev.mall.saga.desk;

import dev.mall.saga.engine.SagaState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which sagas to list; null means any.
 *
 * @param olderThan how long ago it began, at least; zero or more
 */
record SagaFilter(
    @Nullable SagaState state,
    @Nullable Duration olderThan,
    @Nullable Boolean overdue,
    @Nullable Boolean parked) {}
