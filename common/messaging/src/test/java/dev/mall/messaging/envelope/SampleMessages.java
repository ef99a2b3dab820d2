package dev.mall.messaging.envelope;

import dev.mall.contracts.Command.TransactionCommand;
import dev.mall.contracts.Event.DecisionAwaited;
import dev.mall.contracts.Event.InventoryEvent;
import dev.mall.contracts.Event.PaymentEvent;
import dev.mall.contracts.InventoryCommand;
import dev.mall.contracts.InventoryReply;
import dev.mall.contracts.Message;
import dev.mall.contracts.NotificationCommand;
import dev.mall.contracts.NotificationReply;
import dev.mall.contracts.OrderCommand;
import dev.mall.contracts.OrderEvent;
import dev.mall.contracts.OrderReply;
import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.PaymentReply;
import dev.mall.contracts.ProductChanged;
import dev.mall.contracts.Reply.TransactionReply;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.contracts.values.StepKey;
import java.time.Instant;
import java.util.List;

/** One of each message, every field filled. */
public final class SampleMessages {

  private static final long ORDER = 7_260_435_200_512L;
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");
  private static final List<InventoryReply.Shortage> SHORT =
      List.of(new InventoryReply.Shortage("tea-green", 3, 1));

  public static final List<Message> ALL =
      List.of(
          new OrderEvent.OrderPlaced(
              ORDER,
              "alice",
              2_397,
              "EUR",
              PaymentMethod.WALLET,
              List.of(new OrderEvent.PricedLine("tea-green", 3, 799)),
              NOON,
              CheckoutMode.TCC),
          new OrderEvent.OrderConfirmed(ORDER),
          new OrderEvent.OrderCancelled(ORDER, CancelReason.OUT_OF_STOCK),
          new OrderEvent.CancellationRequested(ORDER),
          new OrderEvent.ReturnRequested(ORDER, "alice", 2_397, "EUR"),
          new OrderEvent.OrderAbandoned(ORDER, CancelReason.TIMED_OUT),
          new OrderEvent.CheckoutEnded(ORDER, "alice", 2_397, "EUR", CancelReason.OUT_OF_STOCK),
          new InventoryEvent.ReservationOpened(ORDER, "alice", 2_397, "EUR", PaymentMethod.WALLET),
          new InventoryEvent.ReservationDenied(ORDER, CancelReason.OUT_OF_STOCK),
          new InventoryEvent.ReservationSold(ORDER),
          new InventoryEvent.ReservationClosed(ORDER, CancelReason.RESERVATION_EXPIRED),
          new PaymentEvent.OrderPaid(ORDER),
          new PaymentEvent.OrderUnpaid(ORDER, CancelReason.NO_WALLET),
          new PaymentEvent.OrderRefunded(ORDER, CancelReason.RESERVATION_EXPIRED),
          new DecisionAwaited(ORDER, DecisionAwaited.Participant.PAYMENT),
          new ProductChanged("tea-green", 4, "Green tea, 100 g", 799, "EUR"),
          new InventoryCommand.ReserveStock(
              key("reserve"), "alice", List.of(new InventoryCommand.Line("tea-green", 3))),
          new InventoryCommand.CommitReservation(key("commit")),
          new InventoryCommand.ReleaseReservation(key("release")),
          new InventoryCommand.RestockOrder(key("restock")),
          new InventoryReply.StockReserved(key("reserve"), NOON),
          new InventoryReply.OutOfStock(key("reserve"), SHORT),
          new InventoryReply.TooManyReservations(key("reserve"), 100),
          new InventoryReply.ReserveRefused(key("reserve")),
          new InventoryReply.ReservationCommitted(key("commit")),
          new InventoryReply.CommitRefused(key("commit"), SHORT),
          new InventoryReply.ReservationReleased(key("release")),
          new InventoryReply.ReleaseRefused(key("release")),
          new InventoryReply.OrderRestocked(key("restock")),
          new InventoryReply.RestockRefused(key("restock")),
          new PaymentCommand.ChargePayment(key("pay"), "alice", 2_397, "EUR", PaymentMethod.WALLET),
          new PaymentCommand.RefundPayment(key("refund")),
          new PaymentCommand.AuthorizePayment(
              key("authorize"), "alice", 2_397, "EUR", PaymentMethod.WALLET),
          new PaymentCommand.CapturePayment(key("capture"), 2_397, "EUR"),
          new PaymentCommand.VoidPayment(key("void")),
          new PaymentReply.PaymentAuthorized(key("authorize")),
          new PaymentReply.PaymentCaptured(key("capture")),
          new PaymentReply.CaptureRefused(key("capture"), PaymentReply.CaptureRefusal.OTHER_AMOUNT),
          new PaymentReply.PaymentVoided(key("void"), 2_397),
          new PaymentReply.VoidRefused(key("void")),
          new PaymentReply.PaymentCharged(key("pay")),
          new PaymentReply.PaymentDeclined(
              key("pay"), PaymentReply.DeclineReason.INSUFFICIENT_FUNDS),
          new PaymentReply.PaymentRefunded(key("refund"), 2_397),
          new TransactionCommand.PrepareStock(
              key("prepare-stock"), "alice", List.of(new InventoryCommand.Line("tea-green", 3))),
          new TransactionCommand.CommitStock(key("commit-stock")),
          new TransactionCommand.RollBackStock(key("roll-back-stock")),
          new TransactionCommand.PreparePayment(
              key("prepare-payment"), "alice", 2_397, "EUR", PaymentMethod.WALLET),
          new TransactionCommand.CommitPayment(key("commit-payment")),
          new TransactionCommand.RollBackPayment(key("roll-back-payment")),
          new TransactionReply.TransactionPrepared(key("prepare-stock")),
          new TransactionReply.PrepareRefused(key("prepare-stock")),
          new TransactionReply.TransactionCommitted(key("commit-stock")),
          new TransactionReply.TransactionRolledBack(key("roll-back-stock")),
          new TransactionReply.DecisionRefused(key("roll-back-stock"), true),
          new OrderCommand.ConfirmOrder(key("confirm")),
          new OrderCommand.CancelOrder(key("cancel"), CancelReason.INSUFFICIENT_FUNDS),
          new OrderCommand.ReturnOrder(key("return")),
          new OrderReply.OrderSettled(key("confirm")),
          new OrderReply.SettlementRefused(key("confirm"), "the order is CANCELLED"),
          new NotificationCommand.NotifyCustomer(
              key("notify"), "alice", 2_397, "EUR", CancelReason.NO_WALLET),
          new NotificationCommand.NotifyOfReturn(key("notify-return"), "alice", 2_397, "EUR"),
          new NotificationReply.CustomerNotified(key("notify")));

  private SampleMessages() {}

  private static StepKey key(String step) {
    return new StepKey(ORDER, step, 2);
  }
}
