package dev.mall.payment.charge;

import dev.mall.contracts.Command.TransactionCommand.PreparePayment;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.PaymentReply.PaymentDeclined;
import dev.mall.contracts.Reply;
import dev.mall.payment.charge.HandlePaymentCommands.PaymentsDecided;
import dev.mall.payment.ledger.Ledger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes an order's money in a transaction that is prepared, not committed. Until it is decided, the
 * wallet's row stays locked: the balance is not moved, and no other order can spend it.
 */
@Service
public class PreparePayments {

  private final PaymentStore payments;
  private final Ledger ledger;
  private final ApplicationEventPublisher events;

  PreparePayments(PaymentStore payments, Ledger ledger, ApplicationEventPublisher events) {
    this.payments = payments;
    this.ledger = ledger;
    this.events = events;
  }

  /** Returns the refusal; empty if the money is taken. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<Reply> prepare(PreparePayment command) {
    var charge =
        new ChargePayment(
            command.step(),
            command.customerId(),
            command.totalMinor(),
            command.currency(),
            command.method());
    var known = payments.locked(Set.of(command.step().orderId()));
    var wallets = ledger.locked(Set.of(command.customerId()));

    var outcome = PaymentRules.decide(known, wallets, List.of(charge));

    payments.insert(outcome.opened());
    payments.update(outcome.changed());
    ledger.post(outcome.transactions());
    events.publishEvent(new PaymentsDecided(outcome.replies()));
    return outcome.replies().stream().filter(PaymentDeclined.class::isInstance).findFirst();
  }
}
