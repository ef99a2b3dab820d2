package dev.mall.saga.checkout;

import dev.mall.contracts.Command.TransactionCommand.CommitPayment;
import dev.mall.contracts.Command.TransactionCommand.CommitStock;
import dev.mall.contracts.Command.TransactionCommand.Decide;
import dev.mall.contracts.Command.TransactionCommand.RollBackPayment;
import dev.mall.contracts.Command.TransactionCommand.RollBackStock;
import dev.mall.contracts.Event.DecisionAwaited;
import dev.mall.contracts.Reply;
import dev.mall.contracts.Reply.TransactionReply.TransactionPrepared;
import dev.mall.contracts.values.StepKey;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.saga.engine.Signal;
import dev.mall.saga.engine.Signal.Cause;
import dev.mall.saga.runtime.SagaRunner;
import dev.mall.saga.runtime.store.SagaSignal;
import dev.mall.saga.runtime.store.SagaStore;
import dev.mall.saga.runtime.store.StoredSaga;
import dev.mall.saga.runtime.store.StoredSaga.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;

/**
 * Answers participants whose transactions wait for a decision. Before the decision the question
 * itself is the vote, in case the reply with the vote was lost: the saga need not ask again, which
 * it does only once its command was read, behind orders that may wait for this one's locks. After
 * it the decision is repeated by a command of the saga's own steps, so the participant's reply is
 * the one that the saga waits for.
 */
public class AnswerParticipants {

  private final SagaStore sagas;
  private final SagaRunner runner;
  private final Outbox outbox;

  public AnswerParticipants(SagaStore sagas, SagaRunner runner, Outbox outbox) {
    this.sagas = sagas;
    this.runner = runner;
    this.outbox = outbox;
  }

  @Transactional
  public void answer(List<InboundMessage<DecisionAwaited>> batch) {
    var orders = batch.stream().map(asked -> asked.message().orderId()).collect(Collectors.toSet());
    var stored =
        sagas.locked(orders).stream()
            .collect(Collectors.toMap(StoredSaga::id, Function.identity()));
    var votes = new ArrayList<SagaSignal>();
    var decisions = new ArrayList<OutboundMessage>();
    for (var asked : batch) {
      var saga = stored.get(asked.message().orderId());
      vote(asked.message(), saga).ifPresent(vote -> votes.add(signal(asked, vote)));
      decision(asked.message(), saga)
          .ifPresent(decision -> decisions.add(OutboundMessage.inReplyTo(asked, decision)));
    }
    if (!votes.isEmpty()) {
      runner.handle(votes);
    }
    outbox.append(decisions);
  }

  private static SagaSignal signal(InboundMessage<DecisionAwaited> asked, Reply vote) {
    var cause = new Cause(asked.id(), asked.traceparent());
    return new SagaSignal(asked.message().orderId(), new Signal.Replied(vote, cause));
  }

  /** The vote that the saga waits for; empty if it waits for another reply. */
  static Optional<Reply> vote(DecisionAwaited asked, @Nullable StoredSaga stored) {
    return stored instanceof StoredSaga.Open(var saga)
            && saga.current().step().equals(TwoPhaseSaga.VOTES.get(asked.participant()))
        ? Optional.of(new TransactionPrepared(saga.key()))
        : Optional.empty();
  }

  /**
   * Presumes the abort of a transaction of which the coordinator has no saga: it decided nothing,
   * or its database was set back. Repeats a commit only where the saga has come to it: payment's
   * waits until stock has committed, so that a saga that is parked over a rollback by hand takes no
   * money.
   *
   * @return empty while the saga has not come to it, or only another release knows how far it is
   */
  static Optional<Decide> decision(DecisionAwaited asked, @Nullable StoredSaga stored) {
    return switch (stored) {
      case null -> Optional.of(command(asked, false));
      case StoredSaga.Open(var saga) ->
          decision(
              asked,
              Standing.of(saga),
              Objects.requireNonNull(TwoPhaseSaga.COMMITS.get(asked.participant())));
      case StoredSaga.Ended(var standing) -> decision(asked, standing, Set.of());
      case StoredSaga.Foreign(var standing, _) -> decision(asked, standing, Set.of());
    };
  }

  /**
   * @param commits steps at which the participant's transaction is to be committed, or was
   */
  private static Optional<Decide> decision(
      DecisionAwaited asked, Standing saga, Set<String> commits) {
    return switch (saga.state()) {
      case RUNNING ->
          commits.contains(saga.step()) ? Optional.of(command(asked, true)) : Optional.empty();
      case COMPLETED -> Optional.of(command(asked, true));
      case COMPENSATING, COMPENSATED -> Optional.of(command(asked, false));
    };
  }

  private static Decide command(DecisionAwaited asked, boolean commit) {
    return switch (asked.participant()) {
      case STOCK ->
          commit
              ? new CommitStock(key(asked, "commit-stock"))
              : new RollBackStock(key(asked, "roll-back-stock"));
      case PAYMENT ->
          commit
              ? new CommitPayment(key(asked, "commit-payment"))
              : new RollBackPayment(key(asked, "roll-back-payment"));
    };
  }

  private static StepKey key(DecisionAwaited asked, String step) {
    return new StepKey(asked.orderId(), step, 1);
  }
}
