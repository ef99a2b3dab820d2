package dev.mall.saga.checkout;

import dev.mall.contracts.Command;
import dev.mall.contracts.Command.TransactionCommand;
import dev.mall.contracts.InventoryCommand.CommitReservation;
import dev.mall.contracts.InventoryCommand.ReleaseReservation;
import dev.mall.contracts.InventoryCommand.ReserveStock;
import dev.mall.contracts.InventoryCommand.RestockOrder;
import dev.mall.contracts.InventoryReply.CommitRefused;
import dev.mall.contracts.InventoryReply.OrderRestocked;
import dev.mall.contracts.InventoryReply.OutOfStock;
import dev.mall.contracts.InventoryReply.ReleaseRefused;
import dev.mall.contracts.InventoryReply.ReservationCommitted;
import dev.mall.contracts.InventoryReply.ReservationReleased;
import dev.mall.contracts.InventoryReply.ReserveRefused;
import dev.mall.contracts.InventoryReply.RestockRefused;
import dev.mall.contracts.InventoryReply.StockReserved;
import dev.mall.contracts.NotificationCommand.NotifyCustomer;
import dev.mall.contracts.NotificationCommand.NotifyOfReturn;
import dev.mall.contracts.NotificationReply.CustomerNotified;
import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.OrderCommand.ReturnOrder;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.OrderReply.OrderSettled;
import dev.mall.contracts.OrderReply.SettlementRefused;
import dev.mall.contracts.PaymentCommand.AuthorizePayment;
import dev.mall.contracts.PaymentCommand.CapturePayment;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.PaymentCommand.RefundPayment;
import dev.mall.contracts.PaymentCommand.VoidPayment;
import dev.mall.contracts.PaymentReply.CaptureRefusal;
import dev.mall.contracts.PaymentReply.CaptureRefused;
import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.contracts.PaymentReply.PaymentAuthorized;
import dev.mall.contracts.PaymentReply.PaymentCaptured;
import dev.mall.contracts.PaymentReply.PaymentCharged;
import dev.mall.contracts.PaymentReply.PaymentDeclined;
import dev.mall.contracts.PaymentReply.PaymentRefunded;
import dev.mall.contracts.PaymentReply.PaymentVoided;
import dev.mall.contracts.PaymentReply.VoidRefused;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The other services as a saga sees them: they store their replies, compensations that come first
 * leave tombstones, reservations expire.
 */
public final class Participants {

  enum Held {
    HELD,
    EXPIRED,
    SOLD,
    RETURNED,
    RELEASED
  }

  enum Paid {
    HELD,
    CHARGED,
    REFUNDED,
    CALLED_OFF
  }

  final Map<Long, Held> reservations = new HashMap<>();
  final Map<Long, Paid> payments = new HashMap<>();
  final Map<Long, String> orders = new HashMap<>();
  final Map<Long, List<String>> inbox = new HashMap<>();
  long available;
  long balance;

  private final PreparedWork prepared = new PreparedWork(this);
  private final Map<StepKey, Reply> decisions = new HashMap<>();
  private final Map<Long, Long> quantities = new HashMap<>();
  private final Map<Long, Long> totals = new HashMap<>();

  public Participants(long available, long balance) {
    this.available = available;
    this.balance = balance;
  }

  public Reply handle(Command command) {
    var known = decisions.get(command.step());
    if (known == null) {
      known = decide(command);
      decisions.put(command.step(), known);
    }
    return known;
  }

  /** An order that was confirmed before. */
  void confirmed(OrderPlaced order) {
    reservations.put(order.orderId(), Held.SOLD);
    quantities.put(order.orderId(), (long) order.lines().getFirst().quantity());
    payments.put(order.orderId(), Paid.CHARGED);
    totals.put(order.orderId(), order.totalMinor());
    orders.put(order.orderId(), "CONFIRMED");
  }

  void expire(long order) {
    if (reservations.replace(order, Held.HELD, Held.EXPIRED)) {
      available += quantities.get(order);
    }
  }

  private Reply decide(Command command) {
    var key = command.step();
    long order = key.orderId();
    return switch (command) {
      case ReserveStock reserve -> reserve(order, reserve);
      case CommitReservation _ -> commit(order, key);
      case ReleaseReservation _ -> release(order, key);
      case ChargePayment charge -> charge(order, charge);
      case RefundPayment _ -> refund(order, key);
      case AuthorizePayment authorize -> authorize(order, authorize);
      case CapturePayment _ -> capture(order, key);
      case VoidPayment _ -> release(order, key, payments.get(order));
      case TransactionCommand transaction -> prepared.decide(transaction);
      case ConfirmOrder _ -> settle(order, key, "CONFIRMED");
      case CancelOrder _ -> settle(order, key, "CANCELLED");
      case NotifyCustomer(_, _, _, _, var reason) ->
          notified(order, key, reason == null ? "CONFIRMED" : "CANCELLED");
      case RestockOrder _ -> restock(order, key);
      case ReturnOrder _ -> returned(order, key);
      case NotifyOfReturn _ -> notified(order, key, "RETURNED");
    };
  }

  private Reply reserve(long order, ReserveStock reserve) {
    long quantity = reserve.lines().getFirst().quantity();
    var known = reservations.get(order);
    if (known == Held.RELEASED) {
      return new ReserveRefused(reserve.step());
    }
    if (known == Held.HELD || known == Held.SOLD) { // a new round asks for what was done
      return new StockReserved(reserve.step(), Instant.EPOCH);
    }
    if (available < quantity) {
      return new OutOfStock(reserve.step(), List.of());
    }
    available -= quantity;
    quantities.put(order, quantity);
    reservations.put(order, Held.HELD);
    return new StockReserved(reserve.step(), Instant.EPOCH);
  }

  private Reply commit(long order, StepKey key) {
    var held = reservations.get(order);
    boolean again = held == Held.EXPIRED && available >= quantities.get(order);
    if (held != Held.HELD && held != Held.SOLD && !again) {
      reservations.put(order, Held.RELEASED); // a refusal is final, whichever round comes next
      return new CommitRefused(key, List.of());
    }
    available -= again ? quantities.get(order) : 0;
    reservations.put(order, Held.SOLD);
    return new ReservationCommitted(key);
  }

  private Reply release(long order, StepKey key) {
    var held = reservations.get(order);
    if (held == Held.SOLD) {
      return new ReleaseRefused(key);
    }
    available += held == Held.HELD ? quantities.get(order) : 0;
    reservations.put(order, Held.RELEASED);
    return new ReservationReleased(key);
  }

  private Reply charge(long order, ChargePayment charge) {
    var paid = payments.get(order);
    if (paid == Paid.CHARGED) { // a new round asks for what was done
      return new PaymentCharged(charge.step());
    }
    if (paid != null) {
      return new PaymentDeclined(charge.step(), DeclineReason.CALLED_OFF);
    }
    if (balance < charge.totalMinor()) {
      return new PaymentDeclined(charge.step(), DeclineReason.INSUFFICIENT_FUNDS);
    }
    balance -= charge.totalMinor();
    totals.put(order, charge.totalMinor());
    payments.put(order, Paid.CHARGED);
    return new PaymentCharged(charge.step());
  }

  private Reply refund(long order, StepKey key) {
    if (payments.get(order) == Paid.REFUNDED) { // a new round asks for what was done
      return new PaymentRefunded(key, totals.get(order));
    }
    boolean charged = payments.get(order) == Paid.CHARGED;
    balance += charged ? totals.get(order) : 0;
    payments.put(order, charged ? Paid.REFUNDED : Paid.CALLED_OFF);
    return new PaymentRefunded(key, charged ? totals.get(order) : 0);
  }

  private Reply authorize(long order, AuthorizePayment authorize) {
    var paid = payments.get(order);
    if (paid == Paid.HELD || paid == Paid.CHARGED) { // a new round asks for what was done
      return new PaymentAuthorized(authorize.step());
    }
    if (paid != null) {
      return new PaymentDeclined(authorize.step(), DeclineReason.CALLED_OFF);
    }
    if (balance < authorize.totalMinor()) {
      return new PaymentDeclined(authorize.step(), DeclineReason.INSUFFICIENT_FUNDS);
    }
    balance -= authorize.totalMinor();
    totals.put(order, authorize.totalMinor());
    payments.put(order, Paid.HELD);
    return new PaymentAuthorized(authorize.step());
  }

  private Reply capture(long order, StepKey key) {
    payments.replace(order, Paid.HELD, Paid.CHARGED);
    return payments.get(order) == Paid.CHARGED
        ? new PaymentCaptured(key)
        : new CaptureRefused(key, CaptureRefusal.NOT_AUTHORIZED);
  }

  private Reply release(long order, StepKey key, Paid paid) {
    if (paid == Paid.CHARGED) {
      return new VoidRefused(key);
    }
    long held = paid == Paid.HELD ? totals.get(order) : 0;
    balance += held;
    payments.put(order, Paid.CALLED_OFF);
    return new PaymentVoided(key, held);
  }

  private Reply settle(long order, StepKey key, String state) {
    var settled = orders.putIfAbsent(order, state);
    return settled == null || settled.equals(state)
        ? new OrderSettled(key)
        : new SettlementRefused(key, "it is " + settled);
  }

  private Reply restock(long order, StepKey key) {
    if (reservations.get(order) != Held.SOLD && reservations.get(order) != Held.RETURNED) {
      return new RestockRefused(key);
    }
    available += reservations.put(order, Held.RETURNED) == Held.SOLD ? quantities.get(order) : 0;
    return new OrderRestocked(key);
  }

  private Reply returned(long order, StepKey key) {
    return orders.replace(order, "CONFIRMED", "RETURNED") || "RETURNED".equals(orders.get(order))
        ? new OrderSettled(key)
        : new SettlementRefused(key, "it is " + orders.get(order));
  }

  private Reply notified(long order, StepKey key, String outcome) {
    var entries = inbox.computeIfAbsent(order, _ -> new ArrayList<>());
    if (!entries.contains(outcome)) {
      entries.add(outcome);
    }
    return new CustomerNotified(key);
  }
}
