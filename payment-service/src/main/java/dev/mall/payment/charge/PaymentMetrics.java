package dev.mall.payment.charge;

import dev.mall.contracts.PaymentReply.CaptureRefusal;
import dev.mall.contracts.PaymentReply.CaptureRefused;
import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.contracts.PaymentReply.PaymentDeclined;
import dev.mall.payment.charge.ExpireAuthorizations.AuthorizationsExpired;
import dev.mall.payment.charge.HandlePaymentCommands.PaymentsDecided;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Counts refusals by reason, and expired authorizations, after the commit. The ledger counts what
 * was moved.
 */
@Component
class PaymentMetrics {

  private final MeterRegistry meters;

  PaymentMetrics(MeterRegistry meters) {
    this.meters = meters;
    for (var reason : DeclineReason.values()) {
      declined(reason); // seen as zero from the start
    }
    for (var reason : CaptureRefusal.values()) {
      captureRefused(reason);
    }
    expired();
  }

  @TransactionalEventListener
  void on(PaymentsDecided decided) {
    for (var reply : decided.replies()) {
      if (reply instanceof PaymentDeclined(_, var reason)) {
        declined(reason).increment();
      } else if (reply instanceof CaptureRefused(_, var reason)) {
        captureRefused(reason).increment();
      }
    }
  }

  @TransactionalEventListener
  void on(AuthorizationsExpired expired) {
    expired().increment(expired.count());
  }

  private Counter declined(DeclineReason reason) {
    return meters.counter("mall.payments.declined", "reason", reason.name());
  }

  private Counter captureRefused(CaptureRefusal reason) {
    return meters.counter("mall.payments.captures.refused", "reason", reason.name());
  }

  private Counter expired() {
    return meters.counter("mall.payments.authorizations.expired");
  }
}
