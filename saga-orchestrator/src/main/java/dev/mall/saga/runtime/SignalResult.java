package dev.mall.saga.runtime;

import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.Signal;
import dev.mall.saga.engine.Transition;
import org.jspecify.annotations.Nullable;

/**
 * The result of one signal.
 *
 * @param before the saga as it was; null if there was none, or it had ended
 * @param transition null if there is no such saga, or it had ended
 */
record SignalResult(
    long sagaId, Signal signal, @Nullable SagaInstance before, @Nullable Transition transition) {}
