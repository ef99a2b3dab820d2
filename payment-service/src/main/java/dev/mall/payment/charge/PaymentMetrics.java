package dev.mall.payment.charge;

import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.contracts.PaymentReply.PaymentDeclined;
import dev.mall.payment.charge.HandlePaymentCommands.PaymentsDecided;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Counts declined charges by reason, after the commit. The ledger counts charges and refunds. */
@Component
class PaymentMetrics {

  private final MeterRegistry meters;

  PaymentMetrics(MeterRegistry meters) {
    this.meters = meters;
    for (var reason : DeclineReason.values()) {
      declined(reason); // seen as zero from the start
    }
  }

  @TransactionalEventListener
  void on(PaymentsDecided decided) {
    for (var reply : decided.replies()) {
      if (reply instanceof PaymentDeclined(_, var reason)) {
        declined(reason).increment();
      }
    }
  }

  private Counter declined(DeclineReason reason) {
    return meters.counter("mall.payments.declined", "reason", reason.name());
  }
}
