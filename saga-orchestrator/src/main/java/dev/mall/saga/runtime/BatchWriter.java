package dev.mall.saga.runtime;

import dev.mall.messaging.outbox.Outbox;
import dev.mall.saga.runtime.store.DeferredSignals;
import dev.mall.saga.runtime.store.SagaStore;
import dev.mall.saga.runtime.store.TimelineStore;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Writes the outcome of a batch in a fixed number of statements, in the caller's transaction. */
@Component
class BatchWriter {

  private final SagaStore sagas;
  private final TimelineStore timelines;
  private final DeferredSignals deferred;
  private final Outbox outbox;
  private final ApplicationEventPublisher events;

  BatchWriter(
      SagaStore sagas,
      TimelineStore timelines,
      DeferredSignals deferred,
      Outbox outbox,
      ApplicationEventPublisher events) {
    this.sagas = sagas;
    this.timelines = timelines;
    this.deferred = deferred;
    this.outbox = outbox;
    this.events = events;
  }

  SagasProcessed write(SagaBatch batch) {
    sagas.insert(batch.created());
    sagas.update(batch.changed());
    timelines.append(batch.recorded());
    outbox.append(batch.commands());
    deferred.put(batch.deferred());
    var processed = new SagasProcessed(batch.results(), batch.deferred());
    events.publishEvent(processed);
    return processed;
  }
}
