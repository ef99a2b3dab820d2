package dev.mall.payment.query.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.money.Money;
import dev.mall.payment.query.PaymentStatus;
import dev.mall.payment.query.PaymentSummary;
import dev.mall.payment.query.PaymentSummary.Payer;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * @param orderId decimal
 * @param customerId absent, like amount and currency, if the payment was called off before it began
 * @param amountMinor the order's total; minor units of {@code currency}
 * @param heldMinor authorized, and neither captured nor returned
 * @param capturedMinor taken
 * @param refundedMinor returned after it was taken
 * @param heldUntil when an authorization expires
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PaymentView(
    String orderId,
    PaymentStatus status,
    @Nullable String customerId,
    @Nullable Long amountMinor,
    @Nullable String currency,
    long heldMinor,
    long capturedMinor,
    long refundedMinor,
    @Nullable DeclineReason declineReason,
    @Nullable Instant heldUntil,
    Instant updatedAt) {

  static PaymentView of(PaymentSummary payment) {
    var payer = Optional.ofNullable(payment.payer());
    var amount = payer.map(Payer::amount);
    return new PaymentView(
        Long.toString(payment.orderId()),
        payment.status(),
        payer.map(Payer::customerId).orElse(null),
        amount.map(Money::minor).orElse(null),
        amount.map(money -> money.currency().getCurrencyCode()).orElse(null),
        payment.heldMinor(),
        payment.capturedMinor(),
        payment.refundedMinor(),
        payment.declineReason(),
        payment.heldUntil(),
        payment.updatedAt());
  }
}
