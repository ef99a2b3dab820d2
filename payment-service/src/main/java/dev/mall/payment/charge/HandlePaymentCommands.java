package dev.mall.payment.charge;

import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.Reply;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.idempotency.ReplyLog;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.payment.charge.Payment.Charged;
import dev.mall.payment.ledger.Ledger;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Charges and refunds orders, in the order their commands came. */
@Service
public class HandlePaymentCommands {

  private final PaymentStore payments;
  private final Ledger ledger;
  private final ReplyLog decisions;
  private final Outbox outbox;
  private final ApplicationEventPublisher events;

  HandlePaymentCommands(
      PaymentStore payments,
      Ledger ledger,
      ReplyLog decisions,
      Outbox outbox,
      ApplicationEventPublisher events) {
    this.payments = payments;
    this.ledger = ledger;
    this.decisions = decisions;
    this.outbox = outbox;
    this.events = events;
  }

  /**
   * Decides what was {@code received} and leaves a reply to each command in the outbox, or throws
   * and leaves nothing done.
   */
  @Transactional
  public void handle(List<InboundMessage<PaymentCommand>> received) {
    var before = payments.locked(ordersOf(received));
    var answered = decisions.find(received.stream().map(r -> r.message().step()).toList());
    var batch = answered.readable(received);
    var commands = batch.stream().map(InboundMessage::message).toList();
    var wallets = ledger.locked(customersOf(commands, before.values()));

    var outcome = PaymentRules.fold(answered.replies(), before, wallets, commands);

    payments.insert(outcome.opened());
    payments.update(outcome.changed());
    ledger.post(outcome.transactions());
    decisions.save(outcome.decided());
    outbox.append(answers(batch, outcome.replies()));
    outbox.resend(answered.repeats(received));
    events.publishEvent(new PaymentsDecided(outcome.decided()));
  }

  /** What was answered for the first time; heard only once it is true. */
  record PaymentsDecided(List<Reply> replies) {}

  private static Set<Long> ordersOf(List<InboundMessage<PaymentCommand>> received) {
    return received.stream().map(r -> r.message().step().orderId()).collect(Collectors.toSet());
  }

  /** Who may pay, and who may get money back. */
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

  private static List<OutboundMessage> answers(
      List<InboundMessage<PaymentCommand>> batch, List<Reply> replies) {
    return IntStream.range(0, batch.size())
        .mapToObj(i -> OutboundMessage.inReplyTo(batch.get(i), replies.get(i)))
        .toList();
  }
}
