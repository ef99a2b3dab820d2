package dev.mall.payment.query;

import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.money.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order's payment and its amounts, which add up: what is held, was captured and went back.
 *
 * @param payer null if the payment was called off before it began
 * @param declineReason null if it was not declined
 * @param heldUntil when the authorization expires; null while nothing is held
 */
public record PaymentSummary(
    long orderId,
    PaymentStatus status,
    @Nullable Payer payer,
    @Nullable DeclineReason declineReason,
    @Nullable Instant heldUntil,
    Instant updatedAt) {

  /**
   * @param amount the order's total
   */
  public record Payer(String customerId, Money amount) {}

  public long heldMinor() {
    return amountIf(PaymentStatus.AUTHORIZED);
  }

  public long capturedMinor() {
    return amountIf(PaymentStatus.CAPTURED, PaymentStatus.REFUNDED);
  }

  public long refundedMinor() {
    return amountIf(PaymentStatus.REFUNDED);
  }

  private long amountIf(PaymentStatus... statuses) {
    return payer != null && List.of(statuses).contains(status) ? payer.amount().minor() : 0;
  }
}
