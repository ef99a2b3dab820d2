package dev.mall.payment.charge;

import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.Reply;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.idempotency.Answers;
import dev.mall.messaging.idempotency.ReplyLog;
import dev.mall.payment.charge.Payment.Charged;
import dev.mall.payment.ledger.Ledger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Charges and refunds orders, one batch per transaction. */
@Service
public class HandlePaymentCommands {

  private final PaymentStore payments;
  private final Ledger ledger;
  private final ReplyLog replyLog;
  private final ApplicationEventPublisher events;

  HandlePaymentCommands(
      PaymentStore payments, Ledger ledger, ReplyLog replyLog, ApplicationEventPublisher events) {
    this.payments = payments;
    this.ledger = ledger;
    this.replyLog = replyLog;
    this.events = events;
  }

  /**
   * Handles a batch in its order and leaves a reply to each command in the outbox; if it throws,
   * nothing is changed. Every transaction locks in the same order: payments, then wallets.
   */
  @Transactional
  public void handle(List<InboundMessage<PaymentCommand>> batch) {
    var known = payments.locked(ordersOf(batch));
    replyLog.answer(batch, commands -> decide(commands, known));
  }

  /** Published in the transaction, with the replies to new commands. */
  record PaymentsDecided(List<Reply> replies) {}

  private Answers decide(List<PaymentCommand> commands, Map<Long, Payment> known) {
    var wallets = ledger.locked(customersOf(commands, known.values()));

    var outcome = PaymentRules.decide(known, wallets, commands);

    payments.insert(outcome.opened());
    payments.update(outcome.changed());
    ledger.post(outcome.transactions());
    events.publishEvent(new PaymentsDecided(outcome.replies()));
    return Answers.of(outcome.replies());
  }

  private static Set<Long> ordersOf(List<InboundMessage<PaymentCommand>> batch) {
    return batch.stream()
        .map(received -> received.message().step().orderId())
        .collect(Collectors.toSet());
  }

  /** The customers who may pay, and those who may get money back. */
  private static Set<String> customersOf(
      List<PaymentCommand> commands, Collection<Payment> payments) {
    var paying =
        commands.stream()
            .filter(ChargePayment.class::isInstance)
            .map(charge -> ((ChargePayment) charge).customerId());
    var paid =
        payments.stream()
            .filter(Charged.class::isInstance)
            .map(charged -> ((Charged) charged).customerId());
    return Stream.concat(paying, paid).collect(Collectors.toSet());
  }
}
