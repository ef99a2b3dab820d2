package dev.mall.payment.charge;

import dev.mall.contracts.PaymentCommand.AuthorizePayment;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.PaymentReply.PaymentAuthorized;
import dev.mall.contracts.PaymentReply.PaymentCharged;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.contracts.values.StepKey;
import dev.mall.money.Money;
import dev.mall.payment.charge.Payment.Authorized;
import dev.mall.payment.charge.Payment.Charged;
import dev.mall.payment.ledger.LedgerTransaction;

/**
 * A demand for an order's total: to take it, or to hold it.
 *
 * @param total above zero
 * @param holds whether it is only held
 */
record PaymentDemand(
    StepKey step, String customerId, Money total, PaymentMethod method, boolean holds) {

  PaymentDemand {
    if (!total.isPositive()) {
      throw new IllegalArgumentException("%s asks for %s".formatted(step, total));
    }
  }

  static PaymentDemand of(ChargePayment charge) {
    var total = Money.of(charge.totalMinor(), charge.currency());
    return new PaymentDemand(charge.step(), charge.customerId(), total, charge.method(), false);
  }

  static PaymentDemand of(AuthorizePayment authorize) {
    var total = Money.of(authorize.totalMinor(), authorize.currency());
    return new PaymentDemand(
        authorize.step(), authorize.customerId(), total, authorize.method(), true);
  }

  /** The payment that meets this demand. */
  Payment payment() {
    return holds
        ? new Authorized(step.orderId(), customerId, total)
        : new Charged(step.orderId(), customerId, total);
  }

  LedgerTransaction transaction() {
    return holds
        ? LedgerTransaction.authorization(step.orderId(), customerId, total)
        : LedgerTransaction.charge(step.orderId(), customerId, total);
  }

  /** The reply when it is met. */
  Reply accepted() {
    return holds ? new PaymentAuthorized(step) : new PaymentCharged(step);
  }

  /** Whether {@code payment} meets this demand; a capture has met the authorization before it. */
  boolean isMetBy(Payment payment) {
    return payment.equals(payment())
        || payment.equals(new Charged(step.orderId(), customerId, total));
  }
}
