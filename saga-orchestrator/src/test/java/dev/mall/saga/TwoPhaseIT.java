package dev.mall.saga;

import static dev.mall.saga.checkout.Replies.anOrder;
import static dev.mall.saga.engine.SagaState.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.Command.TransactionCommand.CommitStock;
import dev.mall.contracts.Command.TransactionCommand.Prepare;
import dev.mall.contracts.Command.TransactionCommand.PreparePayment;
import dev.mall.contracts.Command.TransactionCommand.PrepareStock;
import dev.mall.contracts.Command.TransactionCommand.RollBackStock;
import dev.mall.contracts.Event.DecisionAwaited;
import dev.mall.contracts.Event.DecisionAwaited.Participant;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.contracts.wire.Topics;
import org.junit.jupiter.api.Test;

/** The coordinator of two-phase commits, when participants ask for decisions. */
class TwoPhaseIT extends SagaFixture {

  private static final long TOTAL = 2_000;

  /** No repeated command can help: its consumer may wait for the locks of the prepared one. */
  @Test
  void aLostVoteIsGivenByTheQuestionForTheDecision() {
    services.lose(received -> received.command() instanceof Prepare);
    services.send(anOrder(order, TOTAL, CheckoutMode.TWO_PHASE));
    await().until(() -> !services.received(order, PrepareStock.class).isEmpty());
    services.stopReading(Topics.INVENTORY_PREPARES);

    services.send(new DecisionAwaited(order, Participant.STOCK));

    await().until(() -> !services.received(order, PreparePayment.class).isEmpty());
    services.send(new DecisionAwaited(order, Participant.PAYMENT));
    awaitState(order, COMPLETED);
    assertThat(services.received(order, PrepareStock.class)).hasSize(1);
  }

  @Test
  void aDecisionIsRepeatedToAParticipantThatAsks() {
    services.ignore(order, "commit-payment");
    services.send(anOrder(order, TOTAL, CheckoutMode.TWO_PHASE));
    await().until(() -> !services.received(order, CommitStock.class).isEmpty());

    services.send(new DecisionAwaited(order, Participant.STOCK));

    await().until(() -> services.received(order, CommitStock.class).size() == 2);
    services.answerAgain(order, "commit-payment");
    services.send(new DecisionAwaited(order, Participant.PAYMENT));
    awaitState(order, COMPLETED);
  }

  @Test
  void aTransactionWithoutASagaIsRolledBack() {
    services.send(new DecisionAwaited(order, Participant.STOCK));

    await().until(() -> services.received(order, RollBackStock.class).size() == 1);
    assertThat(saga.state(order)).isEmpty();
  }
}
