package dev.mall.inventory.stock;

import static dev.mall.inventory.stock.reservation.ReservationState.COMMITTED;
import static dev.mall.inventory.stock.reservation.ReservationState.EXPIRED;
import static dev.mall.inventory.stock.reservation.ReservationState.HELD;
import static dev.mall.inventory.stock.reservation.ReservationState.RELEASED;
import static dev.mall.inventory.stock.reservation.ReservationState.RETURNED;

import dev.mall.contracts.InventoryCommand;
import dev.mall.contracts.InventoryCommand.CommitReservation;
import dev.mall.contracts.InventoryCommand.ReleaseReservation;
import dev.mall.contracts.InventoryCommand.ReserveStock;
import dev.mall.contracts.InventoryCommand.RestockOrder;
import dev.mall.contracts.InventoryReply;
import dev.mall.contracts.InventoryReply.CommitRefused;
import dev.mall.contracts.InventoryReply.OrderRestocked;
import dev.mall.contracts.InventoryReply.OutOfStock;
import dev.mall.contracts.InventoryReply.ReleaseRefused;
import dev.mall.contracts.InventoryReply.ReservationCommitted;
import dev.mall.contracts.InventoryReply.ReservationReleased;
import dev.mall.contracts.InventoryReply.ReserveRefused;
import dev.mall.contracts.InventoryReply.RestockRefused;
import dev.mall.contracts.InventoryReply.Shortage;
import dev.mall.contracts.InventoryReply.StockReserved;
import dev.mall.contracts.InventoryReply.TooManyReservations;
import dev.mall.contracts.values.StepKey;
import dev.mall.inventory.stock.reservation.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Decides reservations, sales and releases of stock. Pure: it knows neither database nor transport,
 * and a batch has the same outcome as its commands one by one.
 */
final class StockRules {

  private final StockWorkingCopy copy;
  private final Instant now;
  private final Terms terms;

  private StockRules(StockWorkingCopy copy, Instant now, Terms terms) {
    this.copy = copy;
    this.now = now;
    this.terms = terms;
  }

  /**
   * @param hold how long stock is held
   * @param maxHeldPerCustomer reservations that one customer may have open at a time
   */
  record Terms(Duration hold, int maxHeldPerCustomer) {}

  /**
   * The state on which a batch is decided.
   *
   * @param reservations of the orders concerned
   * @param levels of every SKU that a command or one of {@code reservations} names, if it exists
   * @param held open reservations of each customer who asks for another
   * @param now the database's time
   */
  record Situation(
      Collection<Reservation> reservations,
      Collection<StockLevel> levels,
      Map<String, Integer> held,
      Instant now,
      Terms terms) {}

  /**
   * The result of a batch.
   *
   * @param replies one to each command, in their order
   * @param reservations inserted or changed
   */
  record Outcome(
      List<InventoryReply> replies, List<Reservation> reservations, List<StockChange> stock) {}

  /**
   * Decides a batch in its order; each command sees the effects of those before it.
   *
   * @param batch each {@link StepKey} at most once
   */
  static Outcome decide(Situation situation, List<InventoryCommand> batch) {
    var copy = new StockWorkingCopy(situation.reservations(), situation.levels(), situation.held());
    var rules = new StockRules(copy, situation.now(), situation.terms());
    var replies = batch.stream().map(rules::decide).toList();
    return new Outcome(replies, copy.changedReservations(), copy.changes());
  }

  /** Frees the stock of overdue reservations. No message is sent: a late commit gets the reply. */
  static Outcome expire(Collection<Reservation> overdue, Collection<StockLevel> levels) {
    var copy = new StockWorkingCopy(overdue, levels, Map.of());
    for (var reservation : overdue) {
      copy.free(reservation.lines());
      copy.put(reservation.now(EXPIRED));
    }
    return new Outcome(List.of(), copy.changedReservations(), copy.changes());
  }

  private InventoryReply decide(InventoryCommand command) {
    return switch (command) {
      case ReserveStock reserve -> reserve(reserve);
      case CommitReservation(var step) -> commit(step);
      case ReleaseReservation(var step) -> release(step);
      case RestockOrder(var step) -> restock(step);
    };
  }

  private InventoryReply reserve(ReserveStock command) {
    var step = command.step();
    var reservation =
        copy.of(step.orderId())
            .orElseGet(() ->
                new Reservation(
                    step.orderId(), command.customerId(), EXPIRED, command.lines(), now, 0));
    return switch (reservation.state()) {
      case EXPIRED -> hold(step, command.customerId(), reservation);
      case HELD -> held(step, reservation);
      case COMMITTED -> new StockReserved(step, reservation.heldUntil());
      case RELEASED, RETURNED -> new ReserveRefused(step);
    };
  }

  private InventoryReply hold(StepKey step, String customerId, Reservation reservation) {
    if (copy.heldBy(customerId) >= terms.maxHeldPerCustomer()) {
      return new TooManyReservations(step, terms.maxHeldPerCustomer());
    }
    var missing = copy.missing(reservation.lines());
    if (!missing.isEmpty()) {
      return new OutOfStock(step, missing);
    }
    copy.hold(reservation.lines());
    return held(step, reservation);
  }

  private InventoryReply held(StepKey step, Reservation reservation) {
    var heldUntil = now.plus(terms.hold());
    copy.put(reservation.heldUntil(heldUntil));
    return new StockReserved(step, heldUntil);
  }

  private InventoryReply commit(StepKey step) {
    var known = copy.of(step.orderId());
    if (known.isEmpty()) {
      return refuse(step, Reservation.tombstone(step.orderId(), now), List.of());
    }
    var reservation = known.get();
    return switch (reservation.state()) {
      case HELD -> {
        copy.free(reservation.lines());
        yield sell(step, reservation);
      }
      case EXPIRED -> sell(step, reservation);
      case COMMITTED, RETURNED -> new ReservationCommitted(step);
      case RELEASED -> new CommitRefused(step, List.of());
    };
  }

  /** For good: no other round of the commit may sell what the saga undoes because of this one. */
  private InventoryReply refuse(StepKey step, Reservation reservation, List<Shortage> missing) {
    copy.put(reservation.now(RELEASED));
    return new CommitRefused(step, missing);
  }

  private InventoryReply sell(StepKey step, Reservation reservation) {
    var missing = copy.missing(reservation.lines());
    if (!missing.isEmpty()) {
      return refuse(step, reservation, missing);
    }
    copy.sell(reservation.lines());
    copy.put(reservation.now(COMMITTED));
    return new ReservationCommitted(step);
  }

  private InventoryReply release(StepKey step) {
    var known = copy.of(step.orderId());
    if (known.isEmpty()) {
      return released(step, Reservation.tombstone(step.orderId(), now));
    }
    var reservation = known.get();
    return switch (reservation.state()) {
      case HELD -> {
        copy.free(reservation.lines());
        yield released(step, reservation);
      }
      case EXPIRED -> released(step, reservation);
      case RELEASED -> new ReservationReleased(step);
      case COMMITTED, RETURNED -> new ReleaseRefused(step);
    };
  }

  private InventoryReply released(StepKey step, Reservation reservation) {
    copy.put(reservation.now(RELEASED));
    return new ReservationReleased(step);
  }

  private InventoryReply restock(StepKey step) {
    var known = copy.of(step.orderId());
    if (known.isEmpty()) {
      return new RestockRefused(step);
    }
    var reservation = known.get();
    return switch (reservation.state()) {
      case COMMITTED -> {
        copy.restock(reservation.lines());
        copy.put(reservation.now(RETURNED));
        yield new OrderRestocked(step);
      }
      case RETURNED -> new OrderRestocked(step);
      case HELD, EXPIRED, RELEASED -> new RestockRefused(step);
    };
  }
}
