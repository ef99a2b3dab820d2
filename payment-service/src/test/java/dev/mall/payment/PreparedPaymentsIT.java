package dev.mall.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Command.TransactionCommand;
import dev.mall.contracts.Command.TransactionCommand.CommitPayment;
import dev.mall.contracts.Command.TransactionCommand.PreparePayment;
import dev.mall.contracts.Command.TransactionCommand.RollBackPayment;
import dev.mall.contracts.Event.DecisionAwaited;
import dev.mall.contracts.Event.DecisionAwaited.Participant;
import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.contracts.PaymentReply.PaymentDeclined;
import dev.mall.contracts.Reply.TransactionReply.PrepareRefused;
import dev.mall.contracts.Reply.TransactionReply.TransactionCommitted;
import dev.mall.contracts.Reply.TransactionReply.TransactionPrepared;
import dev.mall.contracts.Reply.TransactionReply.TransactionRolledBack;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.contracts.values.StepKey;
import dev.mall.testing.messages.SentCommands;
import dev.mall.twophase.PreparedTransactions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Payments by two-phase commit, their commands through Kafka. */
class PreparedPaymentsIT extends PaymentServiceTests {

  @Autowired ApplicationContext service;
  @Autowired PreparedTransactions prepared;

  @AfterEach
  void theBooksAreInOrder() {
    new PaymentAudit(jdbc).passes();
    assertThat(prepared.olderThan(Duration.ZERO)).isEmpty();
  }

  @Test
  void takesTheMoneyWhenTheDecisionIsToCommitAndNotBefore() {
    var ann = aCustomerWith(euro(1_000));
    long order = anOrder();

    send(prepare(order, ann, 300), prepare(order, ann, 300));
    assertThat(replies.await(2, preparation(order)))
        .hasOnlyElementsOfType(TransactionPrepared.class);
    assertThat(balanceOf(ann)).isEqualTo(euro(1_000));
    send(commit(order), commit(order));

    assertThat(replies.await(2, commit(order).step()))
        .hasOnlyElementsOfType(TransactionCommitted.class);
    assertThat(balanceOf(ann)).isEqualTo(euro(700));
  }

  @Test
  void leavesNoTraceOfAPaymentThatIsRolledBack() {
    var ann = aCustomerWith(euro(1_000));
    long order = anOrder();

    send(prepare(order, ann, 300));
    replies.one(preparation(order));
    send(rollBack(order));

    assertThat(replies.one(rollBack(order).step())).isInstanceOf(TransactionRolledBack.class);
    assertThat(balanceOf(ann)).isEqualTo(euro(1_000));
    send(prepare(order, 2, ann, 300));
    assertThat(replies.one(new StepKey(order, "prepare-payment", 2)))
        .isInstanceOf(PrepareRefused.class);
  }

  @Test
  void votesAgainstWhatTheWalletDoesNotCover() {
    long poor = anOrder();
    long stranger = anOrder();

    send(prepare(poor, aCustomerWith(euro(10)), 11), prepare(stranger, aCustomer(), 11));

    assertThat(replies.one(preparation(poor)))
        .isEqualTo(new PaymentDeclined(preparation(poor), DeclineReason.INSUFFICIENT_FUNDS));
    assertThat(replies.one(preparation(stranger)))
        .isEqualTo(new PaymentDeclined(preparation(stranger), DeclineReason.NO_WALLET));
  }

  /** The second waits until the first is decided, and then sees what is left. */
  @Test
  void twoOrdersCannotSpendTheSameMoney() {
    var ann = aCustomerWith(euro(300));
    long first = anOrder();
    long second = anOrder();
    send(prepare(first, ann, 300));
    replies.one(preparation(first));
    send(prepare(second, ann, 300));

    send(commit(first));

    assertThat(replies.one(preparation(second)))
        .isEqualTo(new PaymentDeclined(preparation(second), DeclineReason.INSUFFICIENT_FUNDS));
    assertThat(balanceOf(ann)).isEqualTo(euro(0));
  }

  @Test
  void asksForADecisionThatDoesNotCome() {
    var ann = aCustomerWith(euro(1_000));
    long order = anOrder();

    send(prepare(order, ann, 300));

    assertThat(events.await(2, DecisionAwaited.class, order))
        .containsOnly(new DecisionAwaited(order, Participant.PAYMENT));
    send(rollBack(order));
    replies.one(rollBack(order).step());
  }

  private void send(TransactionCommand... commands) {
    SentCommands.send(service, List.of(commands));
  }

  private static StepKey preparation(long order) {
    return new StepKey(order, "prepare-payment", 1);
  }

  private static PreparePayment prepare(long order, String customer, long totalMinor) {
    return prepare(order, 1, customer, totalMinor);
  }

  private static PreparePayment prepare(long order, int round, String customer, long totalMinor) {
    return new PreparePayment(
        new StepKey(order, "prepare-payment", round),
        customer,
        totalMinor,
        "EUR",
        PaymentMethod.WALLET);
  }

  private static CommitPayment commit(long order) {
    return new CommitPayment(new StepKey(order, "commit-payment", 1));
  }

  private static RollBackPayment rollBack(long order) {
    return new RollBackPayment(new StepKey(order, "roll-back-payment", 1));
  }
}
