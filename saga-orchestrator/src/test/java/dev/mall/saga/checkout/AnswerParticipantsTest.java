package dev.mall.saga.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Command.TransactionCommand.CommitPayment;
import dev.mall.contracts.Command.TransactionCommand.CommitStock;
import dev.mall.contracts.Command.TransactionCommand.RollBackPayment;
import dev.mall.contracts.Command.TransactionCommand.RollBackStock;
import dev.mall.contracts.Event.DecisionAwaited;
import dev.mall.contracts.Event.DecisionAwaited.Participant;
import dev.mall.contracts.values.StepKey;
import dev.mall.saga.engine.SagaState;
import dev.mall.saga.runtime.store.StoredSaga;
import dev.mall.saga.runtime.store.StoredSaga.Standing;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The coordinator's answer in each state of its saga. */
class AnswerParticipantsTest {

  private static final DecisionAwaited STOCK = new DecisionAwaited(7, Participant.STOCK);
  private static final DecisionAwaited PAYMENT = new DecisionAwaited(7, Participant.PAYMENT);

  @Test
  void nothingIsAnsweredBeforeTheDecision() {
    for (var step : TwoPhaseSaga.VOTES.values()) {
      assertThat(AnswerParticipants.decision(STOCK, at(SagaState.RUNNING, step))).isEmpty();
    }
  }

  @Test
  void theDecisionToCommitIsRepeated() {
    assertThat(AnswerParticipants.decision(STOCK, at(SagaState.RUNNING, "commit-payment")))
        .contains(new CommitStock(new StepKey(7, "commit-stock", 1)));
    assertThat(AnswerParticipants.decision(PAYMENT, at(SagaState.COMPLETED, "notify")))
        .contains(new CommitPayment(new StepKey(7, "commit-payment", 1)));
  }

  @Test
  void theDecisionToRollBackIsRepeated() {
    assertThat(AnswerParticipants.decision(STOCK, at(SagaState.COMPENSATING, "roll-back-stock")))
        .contains(new RollBackStock(new StepKey(7, "roll-back-stock", 1)));
    assertThat(AnswerParticipants.decision(PAYMENT, at(SagaState.COMPENSATED, "notify")))
        .contains(new RollBackPayment(new StepKey(7, "roll-back-payment", 1)));
  }

  @Test
  void anAbortIsPresumedWithoutASaga() {
    assertThat(AnswerParticipants.decision(STOCK, null))
        .contains(new RollBackStock(new StepKey(7, "roll-back-stock", 1)));
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

  private static StoredSaga at(SagaState state, String step) {
    return new StoredSaga.Ended(new Standing(7, state, step, 1));
  }
}
