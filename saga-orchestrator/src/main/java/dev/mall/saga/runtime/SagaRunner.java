package dev.mall.saga.runtime;

import dev.mall.contracts.Topics;
import dev.mall.messaging.Outbox;
import dev.mall.saga.engine.SagaEngine;
import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.Signal.DeadlineExcused;
import dev.mall.saga.engine.Signal.DeadlinePassed;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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
    var batch = new SagaBatch(definitions, loaded, sagas.now());
    incoming.forEach(batch::take);
    sagas.insert(batch.born());
    sagas.update(batch.changed());
    timelines.append(batch.lines());
    outbox.append(batch.commands());
    return batch.happenings();
  }
}
