package dev.mall.saga.checkout;

import dev.mall.contracts.InventoryReply.CommitRefused;
import dev.mall.contracts.InventoryReply.OutOfStock;
import dev.mall.contracts.InventoryReply.ReleaseRefused;
import dev.mall.contracts.InventoryReply.ReservationCommitted;
import dev.mall.contracts.InventoryReply.ReservationReleased;
import dev.mall.contracts.InventoryReply.ReserveRefused;
import dev.mall.contracts.InventoryReply.Shortage;
import dev.mall.contracts.InventoryReply.StockReserved;
import dev.mall.contracts.InventoryReply.TooManyReservations;
import dev.mall.contracts.NotificationReply.CustomerNotified;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.OrderEvent.PricedLine;
import dev.mall.contracts.OrderReply.OrderSettled;
import dev.mall.contracts.OrderReply.SettlementRefused;
import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.contracts.PaymentReply.PaymentCharged;
import dev.mall.contracts.PaymentReply.PaymentDeclined;
import dev.mall.contracts.PaymentReply.PaymentRefunded;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.contracts.values.StepKey;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An order, and what the services may answer about it. */
public final class Replies {

  private Replies() {}

  public static OrderPlaced anOrder(long id) {
    return anOrder(id, 2_000);
  }

  public static OrderPlaced anOrder(long id, long totalMinor) {
    return anOrder(id, totalMinor, CheckoutMode.SAGA);
  }

  public static OrderPlaced anOrder(long id, long totalMinor, @Nullable CheckoutMode checkout) {
    return new OrderPlaced(
        id,
        "ada",
        totalMinor,
        "EUR",
        PaymentMethod.WALLET,
        List.of(new PricedLine("tea", 2, 1_000)),
        Instant.EPOCH,
        checkout);
  }

  public static Function<StepKey, Reply> stockReserved() {
    return key -> new StockReserved(key, Instant.EPOCH);
  }

  public static Function<StepKey, Reply> outOfStock() {
    return key -> new OutOfStock(key, List.of(new Shortage("tea", 2, 1)));
  }

  public static Function<StepKey, Reply> tooManyReservations() {
    return key -> new TooManyReservations(key, 100);
  }

  public static Function<StepKey, Reply> reserveRefused() {
    return ReserveRefused::new;
  }

  public static Function<StepKey, Reply> reservationCommitted() {
    return ReservationCommitted::new;
  }

  public static Function<StepKey, Reply> commitRefused() {
    return key -> new CommitRefused(key, List.of());
  }

  public static Function<StepKey, Reply> reservationReleased() {
    return ReservationReleased::new;
  }

  public static Function<StepKey, Reply> releaseRefused() {
    return ReleaseRefused::new;
  }

  public static Function<StepKey, Reply> paymentCharged() {
    return PaymentCharged::new;
  }

  public static Function<StepKey, Reply> paymentDeclined(DeclineReason reason) {
    return key -> new PaymentDeclined(key, reason);
  }

  public static Function<StepKey, Reply> paymentRefunded() {
    return key -> new PaymentRefunded(key, 2_000);
  }

  public static Function<StepKey, Reply> orderSettled() {
    return OrderSettled::new;
  }

  public static Function<StepKey, Reply> settlementRefused() {
    return key -> new SettlementRefused(key, "it is cancelled");
  }

  public static Function<StepKey, Reply> customerNotified() {
    return CustomerNotified::new;
  }
}
