package dev.mall.saga.checkout;

import dev.mall.contracts.InventoryCommand.Line;
import dev.mall.contracts.InventoryCommand.ReserveStock;
import dev.mall.contracts.NotificationCommand.NotifyCustomer;
import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.StepKey;
import org.jspecify.annotations.Nullable;

/** The commands and reasons that the checkout modes have in common. */
final class CheckoutCommands {

  private CheckoutCommands() {}

  static ReserveStock reserve(StepKey key, OrderPlaced order) {
    var lines = order.lines().stream().map(line -> new Line(line.sku(), line.quantity())).toList();
    return new ReserveStock(key, order.customerId(), lines);
  }

  static NotifyCustomer notifyOfConfirmation(StepKey key, OrderPlaced order) {
    return notification(key, order, null);
  }

  static CancelOrder cancel(StepKey key, OrderPlaced order, String reason) {
    return new CancelOrder(key, CancelReason.valueOf(reason));
  }

  static NotifyCustomer notifyOfCancellation(StepKey key, OrderPlaced order, String reason) {
    return notification(key, order, CancelReason.valueOf(reason));
  }

  private static NotifyCustomer notification(
      StepKey key, OrderPlaced order, @Nullable CancelReason reason) {
    return new NotifyCustomer(
        key, order.customerId(), order.totalMinor(), order.currency(), reason);
  }

  /** CALLED_OFF: the order was given up before, by a saga that is not known here. */
  static CancelReason reasonOf(DeclineReason declined) {
    return switch (declined) {
      case INSUFFICIENT_FUNDS -> CancelReason.INSUFFICIENT_FUNDS;
      case NO_WALLET -> CancelReason.NO_WALLET;
      case WRONG_CURRENCY -> CancelReason.WRONG_CURRENCY;
      case CALLED_OFF -> CancelReason.TIMED_OUT;
    };
  }
}
