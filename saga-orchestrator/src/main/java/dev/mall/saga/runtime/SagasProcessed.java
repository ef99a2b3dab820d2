package dev.mall.saga.runtime;

import dev.mall.saga.runtime.store.SagaSignal;
import java.util.List;

/**
 * The outcome of a batch, published in its transaction.
 *
 * @param deferred signals of sagas that only another release can continue
 */
record SagasProcessed(List<SignalResult> results, List<SagaSignal> deferred) {

  static final SagasProcessed NOTHING = new SagasProcessed(List.of(), List.of());
}
