package dev.mall.saga.checkout;

import static dev.mall.contracts.values.CancelReason.INSUFFICIENT_FUNDS;
import static dev.mall.contracts.values.CancelReason.TIMED_OUT;
import static dev.mall.saga.checkout.Replies.anOrder;
import static dev.mall.saga.checkout.Replies.customerNotified;
import static dev.mall.saga.checkout.Replies.orderSettled;
import static dev.mall.saga.checkout.Replies.outOfStock;
import static dev.mall.saga.checkout.Replies.paymentCharged;
import static dev.mall.saga.checkout.Replies.paymentDeclined;
import static dev.mall.saga.engine.SagaScript.ID;
import static dev.mall.saga.engine.SagaScript.saga;
import static dev.mall.saga.engine.SagaState.COMPENSATED;
import static dev.mall.saga.engine.SagaState.COMPLETED;
import static dev.mall.saga.engine.SagaState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Command.TransactionCommand.CommitPayment;
import dev.mall.contracts.Command.TransactionCommand.CommitStock;
import dev.mall.contracts.Command.TransactionCommand.PreparePayment;
import dev.mall.contracts.Command.TransactionCommand.PrepareStock;
import dev.mall.contracts.Command.TransactionCommand.RollBackStock;
import dev.mall.contracts.NotificationCommand.NotifyCustomer;
import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.contracts.Reply.TransactionReply.DecisionRefused;
import dev.mall.contracts.Reply.TransactionReply.PrepareRefused;
import dev.mall.contracts.Reply.TransactionReply.TransactionCommitted;
import dev.mall.contracts.Reply.TransactionReply.TransactionPrepared;
import dev.mall.contracts.Reply.TransactionReply.TransactionRolledBack;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.saga.engine.SagaScript;
import dev.mall.saga.engine.definition.SagaDefinition;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two-phase commit as scripts: each reply and the command that follows it. */
class TwoPhaseSagaTest {

  private final SagaDefinition<OrderPlaced> definition = TwoPhaseSaga.version1(Map.of());
  private final OrderPlaced order = anOrder(ID, 2_000, CheckoutMode.TWO_PHASE);

  @Test
  void commitsBothWhenBothVotedForIt() {
    voted()
        .sends(CommitStock.class)
        .on(TransactionCommitted::new)
        .sends(CommitPayment.class)
        .on(TransactionCommitted::new)
        .sends(ConfirmOrder.class)
        .on(orderSettled())
        .sends(NotifyCustomer.class, news -> assertThat(news.reason()).isNull())
        .on(customerNotified())
        .ends(COMPLETED);
  }

  @Test
  void rollsTheStockBackWhenThePaymentVotesAgainst() {
    prepared()
        .sends(PreparePayment.class)
        .on(paymentDeclined(DeclineReason.INSUFFICIENT_FUNDS))
        .sends(RollBackStock.class)
        .on(TransactionRolledBack::new)
        .sends(CancelOrder.class, c -> assertThat(c.reason()).isEqualTo(INSUFFICIENT_FUNDS))
        .on(orderSettled())
        .sends(NotifyCustomer.class)
        .on(customerNotified())
        .ends(COMPENSATED);
  }

  @Test
  void asksNoPaymentWhenTheStockVotesAgainst() {
    saga(definition)
        .starts(order)
        .sends(PrepareStock.class)
        .on(outOfStock())
        .sends(CancelOrder.class);
  }

  @Test
  void cancelsWhatWasRolledBackBefore() {
    saga(definition)
        .starts(order)
        .on(PrepareRefused::new)
        .sends(CancelOrder.class, c -> assertThat(c.reason()).isEqualTo(TIMED_OUT));
  }

  @Test
  void parksWhenAParticipantRolledBackAgainstTheDecision() {
    voted()
        .on(key -> new DecisionRefused(key, false))
        .isParked()
        .is(saga -> assertThat(saga.state()).isEqualTo(RUNNING));
  }

  @Test
  void parksWhenAParticipantCommittedAgainstTheDecision() {
    prepared()
        .on(paymentDeclined(DeclineReason.NO_WALLET))
        .on(key -> new DecisionRefused(key, true))
        .isParked();
  }

  @Test
  void parksOnAReplyOfAnotherProtocol() {
    prepared().on(paymentCharged()).isParked();
  }

  private SagaScript<OrderPlaced> prepared() {
    return saga(definition).starts(order).on(TransactionPrepared::new);
  }

  private SagaScript<OrderPlaced> voted() {
    return prepared().on(TransactionPrepared::new);
  }
}
