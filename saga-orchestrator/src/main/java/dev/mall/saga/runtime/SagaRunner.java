package dev.mall.saga.runtime;

import dev.mall.contracts.Topics;
import dev.mall.messaging.Outbox;
import dev.mall.saga.engine.ActRules;
import dev.mall.saga.engine.SagaEngine;
import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.Signal.DeadlineExcused;
import dev.mall.saga.engine.Signal.DeadlinePassed;
import dev.mall.saga.engine.Signal.Decided;
import dev.mall.saga.engine.Signal.Resumed;
import dev.mall.saga.runtime.ActOutcome.Done;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Carries out what the engine decides: states, timelines and commands of a batch in one transaction
 * and a handful of statements, however large the batch.
 */
@Component
public class SagaRunner {

  private final SagaDefinitions definitions;
  private final SagaStore sagas;
  private final TimelineStore timelines;
  private final Outbox outbox;
  private final TransactionOperations transaction;
  private final SagaMeters meters;

  SagaRunner(
      SagaDefinitions definitions,
      SagaStore sagas,
      TimelineStore timelines,
      Outbox outbox,
      TransactionOperations transaction,
      SagaMeters meters) {
    this.definitions = definitions;
    this.sagas = sagas;
    this.timelines = timelines;
    this.outbox = outbox;
    this.transaction = transaction;
    this.meters = meters;
  }

  /**
   * Takes what came in, in this order. Committed when this returns; nothing is done if it throws.
   */
  public void handle(List<Incoming> batch) {
    var ids = batch.stream().map(Incoming::sagaId).collect(Collectors.toSet());
    var happened = transaction.execute(_ -> carryOut(sagas.locked(ids), batch));
    meters.count(happened);
  }

  /**
   * Passes deadlines of sagas that no other replica is busy with.
   *
   * @param until only deadlines up to here
   * @param unread the topics on which something waited at {@code until}; while replies do, or the
   *     command that a saga waits for may, its deadline moves on and no attempt is used up
   * @param limit how many at most
   */
  Passed passDeadlines(Instant until, Set<String> unread, int limit) {
    var happened =
        transaction.execute(_ -> {
          var due = sagas.claimDue(until, limit);
          return due.isEmpty() ? List.<Happening>of() : carryOut(due, signals(due, unread));
        });
    meters.count(happened);
    long excused = happened.stream().filter(h -> h.signal() instanceof DeadlineExcused).count();
    return new Passed(happened.size(), happened.size() - (int) excused);
  }

  /**
   * Goes on with sagas that are held at steps which are no longer paused.
   *
   * @param limit how many at most
   * @return how many there were
   */
  int resume(int limit) {
    var happened =
        transaction.execute(_ -> {
          var held = sagas.claimHeld(limit);
          var signals = held.stream().map(saga -> new Incoming(saga.id(), new Resumed())).toList();
          return held.isEmpty() ? List.<Happening>of() : carryOut(held, signals);
        });
    meters.count(happened);
    return happened.size();
  }

  /**
   * Carries out what an operator decided, as the saga's only change, or says why not.
   *
   * @param audit writes down what was done, in the same transaction
   */
  public ActOutcome act(long sagaId, Decided decision, Consumer<Done> audit) {
    var happened = new ArrayList<Happening>();
    var outcome =
        transaction.execute(_ -> {
          var locked = sagas.locked(List.of(sagaId));
          return locked.isEmpty()
              ? new ActOutcome.NoSuchSaga()
              : act(locked.getFirst(), decision, audit, happened);
        });
    meters.count(happened);
    return outcome;
  }

  private ActOutcome act(
      SagaInstance before, Decided decision, Consumer<Done> audit, List<Happening> happened) {
    var conditions = sagas.conditions();
    var definition = definitions.named(before.origin().definition());
    var refusal =
        ActRules.refusal(definition, before, decision.act(), decision.at(), conditions.paused());
    if (refusal.isPresent()) {
      return new ActOutcome.Refused(before, refusal.get());
    }
    var batch = new SagaBatch(definitions, List.of(before), conditions);
    batch.take(new Incoming(before.id(), decision));
    happened.addAll(write(batch));
    var done = new Done(before, batch.changed().getFirst(), conditions.now());
    audit.accept(done);
    return done;
  }

  /**
   * Deadlines that were passed.
   *
   * @param judged those of {@code all} that were not excused
   */
  record Passed(int all, int judged) {}

  private List<Incoming> signals(List<SagaInstance> due, Set<String> unread) {
    boolean repliesRead = !unread.contains(Topics.SAGA_REPLIES);
    var unsent = repliesRead ? sagas.unsent(due) : Set.<Long>of();
    return due.stream()
        .map(saga ->
            repliesRead && !unsent.contains(saga.id()) && !isUnread(saga, unread)
                ? new Incoming(saga.id(), new DeadlinePassed())
                : new Incoming(saga.id(), new DeadlineExcused()))
        .toList();
  }

  /** Its participant has not read as far as the saga's command may be. */
  private boolean isUnread(SagaInstance saga, Set<String> unread) {
    if (unread.isEmpty()) {
      return false;
    }
    try {
      var definition = definitions.named(saga.origin().definition());
      return unread.contains(Topics.of(SagaEngine.awaited(definition, saga)));
    } catch (IllegalStateException unknownStep) {
      return false; // which is parked for that
    }
  }

  private List<Happening> carryOut(List<SagaInstance> loaded, List<Incoming> incoming) {
    var batch = new SagaBatch(definitions, loaded, sagas.conditions());
    incoming.forEach(batch::take);
    return write(batch);
  }

  private List<Happening> write(SagaBatch batch) {
    sagas.insert(batch.born());
    sagas.update(batch.changed());
    timelines.append(batch.lines());
    outbox.append(batch.commands());
    return batch.happenings();
  }
}
