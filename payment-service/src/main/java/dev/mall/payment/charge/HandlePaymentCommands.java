package dev.mall.payment.charge;

import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.PaymentCommand.AuthorizePayment;
import dev.mall.contracts.PaymentCommand.CapturePayment;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.PaymentCommand.RefundPayment;
import dev.mall.contracts.PaymentCommand.VoidPayment;
import dev.mall.contracts.Reply;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.idempotency.Answers;
import dev.mall.messaging.idempotency.ReplyLog;
import dev.mall.messaging.idempotency.ReplyRoute;
import dev.mall.payment.charge.Payment.Authorized;
import dev.mall.payment.charge.Payment.CalledOff;
import dev.mall.payment.charge.Payment.Charged;
import dev.mall.payment.charge.Payment.Declined;
import dev.mall.payment.charge.Payment.Expired;
import dev.mall.payment.charge.Payment.Refunded;
import dev.mall.payment.charge.Payment.Voided;
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

/** Takes, holds and returns the money of orders, one batch per transaction. */
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
    handle(batch, ReplyRoute.TO_SAGA);
  }

  /** Like {@link #handle(List)}, but sends what {@code route} makes of each reply. */
  @Transactional
  public void handle(List<InboundMessage<PaymentCommand>> batch, ReplyRoute route) {
    var known = payments.locked(ordersOf(batch));
    replyLog.answer(batch, commands -> decide(commands, known), route);
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
    return Stream.concat(
            commands.stream().flatMap(HandlePaymentCommands::paying),
            payments.stream().flatMap(HandlePaymentCommands::paid))
        .collect(Collectors.toSet());
  }

  private static Stream<String> paying(PaymentCommand command) {
    return switch (command) {
      case ChargePayment charge -> Stream.of(charge.customerId());
      case AuthorizePayment authorize -> Stream.of(authorize.customerId());
      case RefundPayment _, CapturePayment _, VoidPayment _ -> Stream.empty();
    };
  }

  private static Stream<String> paid(Payment payment) {
    return switch (payment) {
      case Charged charged -> Stream.of(charged.customerId());
      case Authorized authorized -> Stream.of(authorized.customerId());
      case Expired expired -> Stream.of(expired.customerId());
      case Declined _, Refunded _, CalledOff _, Voided _ -> Stream.empty();
    };
  }
}
