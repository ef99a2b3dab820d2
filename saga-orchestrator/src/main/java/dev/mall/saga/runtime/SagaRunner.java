package dev.mall.saga.runtime;

import dev.mall.contracts.wire.Topics;
import dev.mall.saga.engine.OperatorAction.Refusal;
import dev.mall.saga.engine.OperatorActionRules;
import dev.mall.saga.engine.SagaEngine;
import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.Signal.DeadlineExcused;
import dev.mall.saga.engine.Signal.DeadlinePassed;
import dev.mall.saga.engine.Signal.Decided;
import dev.mall.saga.engine.Signal.Resumed;
import dev.mall.saga.engine.definition.SagaDefinitions;
import dev.mall.saga.runtime.OperatorActionOutcome.Done;
import dev.mall.saga.runtime.store.DeferredSignals;
import dev.mall.saga.runtime.store.DueSagas;
import dev.mall.saga.runtime.store.SagaSignal;
import dev.mall.saga.runtime.store.SagaStore;
import dev.mall.saga.runtime.store.StoredSaga;
import dev.mall.saga.runtime.store.StoredSaga.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Runs the engine: states, timelines and commands of a batch are written in one transaction and a
 * fixed number of statements.
 */
@Component
public class SagaRunner {

  private final SagaDefinitions definitions;
  private final SagaStore sagas;
  private final DueSagas due;
  private final DeferredSignals deferred;
  private final BatchWriter writer;
  private final TransactionOperations transaction;

  SagaRunner(
      SagaDefinitions definitions,
      SagaStore sagas,
      DueSagas due,
      DeferredSignals deferred,
      BatchWriter writer,
      TransactionOperations transaction) {
    this.definitions = definitions;
    this.sagas = sagas;
    this.due = due;
    this.deferred = deferred;
    this.writer = writer;
    this.transaction = transaction;
  }

  /**
   * Handles signals in this order. Committed when this returns; rolled back if it throws. Signals
   * of a saga that only another release can continue are kept for that release.
   */
  public void handle(List<SagaSignal> batch) {
    var ids = batch.stream().map(SagaSignal::sagaId).collect(Collectors.toSet());
    transaction.execute(_ -> carryOut(sagas.locked(ids), batch));
  }

  /**
   * Handles deferred signals of sagas that this release can continue.
   *
   * @param limit for how many sagas at most
   * @return for how many
   */
  int takeUpDeferred(int limit) {
    var orders = new ArrayList<Long>();
    transaction.execute(_ -> {
      orders.addAll(deferred.ready(limit));
      return orders.isEmpty() ? SagasProcessed.NOTHING : takeUp(orders);
    });
    return orders.size();
  }

  private SagasProcessed takeUp(List<Long> orders) {
    var loaded = sagas.locked(orders);
    var batch = new SagaBatch(definitions, loaded, sagas.context().engine());
    deferred.take(orders).forEach(batch::takeUp);
    return writer.write(batch);
  }

  /**
   * Handles deadlines of sagas that no other replica has locked.
   *
   * @param until only deadlines up to here
   * @param unread where something waited at {@code until}; while a reply to a saga may, or the
   *     command that it waits for, its deadline moves on and no attempt is used up
   * @param limit how many at most
   */
  Passed passDeadlines(Instant until, Unread unread, int limit) {
    var claimed = new ArrayList<SagaInstance>();
    var outcome =
        transaction.execute(_ -> {
          claimed.addAll(due.claimDue(until, limit));
          return claimed.isEmpty()
              ? SagasProcessed.NOTHING
              : carryOut(stored(claimed), signals(claimed, unread));
        });
    var happened = outcome.results();
    long excused = happened.stream().filter(h -> h.signal() instanceof DeadlineExcused).count();
    return new Passed(claimed.size(), claimed.size() - (int) excused);
  }

  /**
   * Goes on with sagas that are held at {@code step}, unless it is paused.
   *
   * @param limit how many at most
   * @return how many there were
   */
  int resume(String step, int limit) {
    var held = new ArrayList<SagaInstance>();
    transaction.execute(_ -> {
      held.addAll(due.claimHeld(step, limit));
      var signals = held.stream().map(saga -> new SagaSignal(saga.id(), new Resumed())).toList();
      return held.isEmpty() ? SagasProcessed.NOTHING : carryOut(stored(held), signals);
    });
    return held.size();
  }

  /**
   * Carries out what an operator decided, as the saga's only change, or says why not.
   *
   * @param audit writes down what was done, in the same transaction
   */
  public OperatorActionOutcome act(long sagaId, Decided decision, Consumer<Done> audit) {
    return transaction.execute(_ -> {
      var locked = sagas.locked(List.of(sagaId));
      return locked.isEmpty()
          ? new OperatorActionOutcome.NoSuchSaga()
          : act(locked.getFirst(), decision, audit);
    });
  }

  private OperatorActionOutcome act(StoredSaga stored, Decided decision, Consumer<Done> audit) {
    return switch (stored) {
      case StoredSaga.Open(var saga) -> act(saga, decision, audit);
      case StoredSaga.Ended(var at) -> OperatorActionOutcome.Refused.of(at, Refusal.ENDED);
      case StoredSaga.Foreign(_, var definition) ->
          new OperatorActionOutcome.UnknownDefinition(definition);
    };
  }

  private OperatorActionOutcome act(SagaInstance before, Decided decision, Consumer<Done> audit) {
    var context = sagas.context().engine();
    var definition = definitions.named(before.origin().definition());
    var refusal =
        OperatorActionRules.refusal(
            definition, before, decision.act(), decision.at(), context.paused());
    if (refusal.isPresent()) {
      return OperatorActionOutcome.Refused.of(Standing.of(before), refusal.get());
    }
    var batch = new SagaBatch(definitions, stored(List.of(before)), context);
    batch.take(new SagaSignal(before.id(), decision));
    writer.write(batch);
    var done = new Done(before, batch.changed().getFirst(), context.now());
    audit.accept(done);
    return done;
  }

  /**
   * Deadlines that were passed.
   *
   * @param judged those of {@code all} that were not excused
   */
  record Passed(int all, int judged) {}

  private List<SagaSignal> signals(List<SagaInstance> due, Unread unread) {
    var read =
        due.stream()
            .filter(saga -> !unread.mayHold(Topics.SAGA_REPLIES, Long.toString(saga.orderId())))
            .filter(saga -> !isUnread(saga, unread))
            .toList();
    var judged = read.stream().map(SagaInstance::id).collect(Collectors.toSet());
    judged.removeAll(read.isEmpty() ? Set.of() : sagas.unsent(read));
    return due.stream()
        .map(saga ->
            judged.contains(saga.id())
                ? new SagaSignal(saga.id(), new DeadlinePassed())
                : new SagaSignal(saga.id(), new DeadlineExcused()))
        .toList();
  }

  /** Its participant has not read as far as the saga's command may be. */
  private boolean isUnread(SagaInstance saga, Unread unread) {
    try {
      var definition = definitions.named(saga.origin().definition());
      var command = SagaEngine.awaited(definition, saga);
      return unread.mayHold(Topics.of(command), command.key());
    } catch (IllegalStateException unknownStep) {
      return false; // which is parked for that
    }
  }

  /** Deferred signals are older and come first. */
  private SagasProcessed carryOut(List<StoredSaga> loaded, List<SagaSignal> incoming) {
    var context = sagas.context();
    var batch = new SagaBatch(definitions, loaded, context.engine());
    if (context.deferring()) {
      deferred.take(ownOf(loaded)).forEach(batch::takeUp);
    }
    incoming.forEach(batch::take);
    return writer.write(batch);
  }

  private static List<Long> ownOf(List<StoredSaga> loaded) {
    return loaded.stream()
        .filter(saga -> !(saga instanceof StoredSaga.Foreign))
        .map(StoredSaga::id)
        .toList();
  }

  private static List<StoredSaga> stored(List<SagaInstance> open) {
    return open.stream().<StoredSaga>map(StoredSaga.Open::new).toList();
  }
}
