package dev.mall.saga.checkout;

import static dev.mall.saga.checkout.Replies.anOrder;
import static dev.mall.saga.engine.SagaScript.ID;
import static dev.mall.saga.engine.SagaScript.saga;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Command.TransactionCommand.CommitPayment;
import dev.mall.contracts.Command.TransactionCommand.CommitStock;
import dev.mall.contracts.Command.TransactionCommand.Decide;
import dev.mall.contracts.Command.TransactionCommand.RollBackPayment;
import dev.mall.contracts.Command.TransactionCommand.RollBackStock;
import dev.mall.contracts.Event.DecisionAwaited;
import dev.mall.contracts.Event.DecisionAwaited.Participant;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.Reply;
import dev.mall.contracts.Reply.TransactionReply.DecisionRefused;
import dev.mall.contracts.Reply.TransactionReply.TransactionCommitted;
import dev.mall.contracts.Reply.TransactionReply.TransactionPrepared;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.contracts.values.StepKey;
import dev.mall.saga.engine.SagaScript;
import dev.mall.saga.engine.SagaState;
import dev.mall.saga.engine.definition.DefinitionId;
import dev.mall.saga.runtime.store.StoredSaga;
import dev.mall.saga.runtime.store.StoredSaga.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The coordinator's answer in each state of its saga. */
class AnswerParticipantsTest {

  private static final DecisionAwaited STOCK = new DecisionAwaited(ID, Participant.STOCK);
  private static final DecisionAwaited PAYMENT = new DecisionAwaited(ID, Participant.PAYMENT);

  private static final CommitStock COMMIT_STOCK =
      new CommitStock(new StepKey(ID, "commit-stock", 1));
  private static final CommitPayment COMMIT_PAYMENT =
      new CommitPayment(new StepKey(ID, "commit-payment", 1));

  @Test
  void nothingIsAnsweredBeforeTheDecision() {
    var script = started();
    for (int votes = 0; votes < TwoPhaseSaga.VOTES.size(); votes++) {
      assertThat(decision(STOCK, script)).isEmpty();
      assertThat(decision(PAYMENT, script)).isEmpty();
      script.on(TransactionPrepared::new);
    }
  }

  @Test
  void aQuestionIsTheVoteThatTheSagaWaitsFor() {
    var script = started();
    assertThat(vote(STOCK, script))
        .contains(new TransactionPrepared(new StepKey(ID, "prepare-stock", 1)));
    assertThat(vote(PAYMENT, script)).isEmpty();

    script.on(TransactionPrepared::new);

    assertThat(vote(STOCK, script)).isEmpty();
    assertThat(vote(PAYMENT, script)).isNotEmpty();
  }

  /** Stock may have been rolled back by hand: then no money is taken for it. */
  @Test
  void thePaymentIsCommittedOnlyAfterTheStock() {
    var script = decided();
    assertThat(decision(STOCK, script)).contains(COMMIT_STOCK);
    assertThat(decision(PAYMENT, script)).isEmpty();

    script.on(key -> new DecisionRefused(key, false)).isParked();

    assertThat(decision(PAYMENT, script)).isEmpty();
  }

  @Test
  void theDecisionToCommitIsRepeated() {
    var script = decided().on(TransactionCommitted::new);
    assertThat(decision(STOCK, script)).contains(COMMIT_STOCK);
    assertThat(decision(PAYMENT, script)).contains(COMMIT_PAYMENT);

    script.on(TransactionCommitted::new);

    assertThat(decision(STOCK, script)).contains(COMMIT_STOCK);
    assertThat(decision(PAYMENT, script)).contains(COMMIT_PAYMENT);
    assertThat(AnswerParticipants.decision(PAYMENT, at(SagaState.COMPLETED, "notify")))
        .contains(COMMIT_PAYMENT);
  }

  /** It may have steps before its decision that this release does not know. */
  @Test
  void aRunningSagaOfAnotherReleaseIsNotTakenForDecided() {
    for (var step : List.of("prepare-coupon", "commit-stock")) {
      var standing = new Standing(ID, SagaState.RUNNING, step, 1);
      var foreign = new StoredSaga.Foreign(standing, new DefinitionId("two-phase", 2));
      assertThat(AnswerParticipants.decision(STOCK, foreign)).isEmpty();
    }
  }

  @Test
  void theDecisionToRollBackIsRepeated() {
    assertThat(AnswerParticipants.decision(STOCK, at(SagaState.COMPENSATING, "roll-back-stock")))
        .contains(new RollBackStock(new StepKey(ID, "roll-back-stock", 1)));
    assertThat(AnswerParticipants.decision(PAYMENT, at(SagaState.COMPENSATED, "notify")))
        .contains(new RollBackPayment(new StepKey(ID, "roll-back-payment", 1)));
  }

  @Test
  void anAbortIsPresumedWithoutASaga() {
    assertThat(AnswerParticipants.decision(STOCK, null))
        .contains(new RollBackStock(new StepKey(ID, "roll-back-stock", 1)));
  }

  /** A definition that gains a step before its decision must name it. */
  @Test
  void theVotesAreTheStepsThatMayBeUndone() {
    assertThat(
            TwoPhaseSaga.version1(Map.of()).steps().stream()
                .filter(step -> step.compensatedBy() != null)
                .map(step -> step.name()))
        .containsExactlyInAnyOrderElementsOf(TwoPhaseSaga.VOTES.values());
  }

  private static SagaScript<OrderPlaced> started() {
    return saga(TwoPhaseSaga.version1(Map.of())).starts(anOrder(ID, 2_000, CheckoutMode.TWO_PHASE));
  }

  private static SagaScript<OrderPlaced> decided() {
    return started().on(TransactionPrepared::new).on(TransactionPrepared::new);
  }

  private static Optional<Decide> decision(DecisionAwaited asked, SagaScript<?> script) {
    return AnswerParticipants.decision(asked, open(script));
  }

  private static Optional<Reply> vote(DecisionAwaited asked, SagaScript<?> script) {
    return AnswerParticipants.vote(asked, open(script));
  }

  private static StoredSaga open(SagaScript<?> script) {
    var found = new ArrayList<StoredSaga>();
    script.is(saga -> found.add(new StoredSaga.Open(saga)));
    return found.getFirst();
  }

  private static StoredSaga at(SagaState state, String step) {
    return new StoredSaga.Ended(new Standing(ID, state, step, 1));
  }
}
