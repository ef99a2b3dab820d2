package dev.mall.payment.ledger;

import dev.mall.payment.ledger.Ledger.Posted;
import dev.mall.payment.ledger.LedgerTransaction.Kind;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Counts what was posted and committed. */
@Component
class LedgerMetrics {

  private final MeterRegistry meters;

  LedgerMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  @TransactionalEventListener
  void on(Posted posted) {
    for (var transaction : posted.transactions()) {
      var currency = transaction.amount().currency().getCurrencyCode();
      var name = nameOf(transaction.kind());
      meters.counter(name, "currency", currency).increment();
      meters
          .counter(name + ".minor", "currency", currency)
          .increment((double) transaction.amount().minor());
    }
  }

  private static String nameOf(Kind kind) {
    return switch (kind) {
      case DEPOSIT -> "mall.payments.deposited";
      case CHARGE -> "mall.payments.charged";
      case REFUND -> "mall.payments.refunded";
      case AUTHORIZE -> "mall.payments.authorized";
      case CAPTURE -> "mall.payments.captured";
      case VOID -> "mall.payments.voided";
    };
  }
}
