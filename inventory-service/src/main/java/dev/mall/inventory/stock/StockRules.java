package dev.mall.inventory.stock;

import static dev.mall.inventory.stock.reservation.ReservationState.COMMITTED;
import static dev.mall.inventory.stock.reservation.ReservationState.EXPIRED;
import static dev.mall.inventory.stock.reservation.ReservationState.HELD;
import static dev.mall.inventory.stock.reservation.ReservationState.RELEASED;

import dev.mall.contracts.InventoryCommand;
import dev.mall.contracts.InventoryCommand.CommitReservation;
import dev.mall.contracts.InventoryCommand.ReleaseReservation;
import dev.mall.contracts.InventoryCommand.ReserveStock;
import dev.mall.contracts.InventoryReply;
import dev.mall.contracts.InventoryReply.CommitRefused;
import dev.mall.contracts.InventoryReply.OutOfStock;
import dev.mall.contracts.InventoryReply.ReleaseRefused;
import dev.mall.contracts.InventoryReply.ReservationCommitted;
import dev.mall.contracts.InventoryReply.ReservationReleased;
import dev.mall.contracts.InventoryReply.ReserveRefused;
import dev.mall.contracts.InventoryReply.Shortage;
import dev.mall.contracts.InventoryReply.StockReserved;
import dev.mall.contracts.InventoryReply.TooManyReservations;
import dev.mall.contracts.values.StepKey;
import dev.mall.inventory.stock.reservation.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What may be held, sold and given back. Pure: it knows neither database nor transport, and what it
 * decides for a batch is what it would have decided for each message alone, one after the other.
 */
final class StockRules {

  private final StockWorkingCopy room;
  private final Instant now;
  private final Terms terms;

  private StockRules(StockWorkingCopy room, Instant now, Terms terms) {
    this.room = room;
    this.now = now;
    this.terms = terms;
  }

  /**
   * @param hold how long stock is held
   * @param maxHeldPerCustomer reservations that one customer may have open at a time
   */
  record Terms(Duration hold, int maxHeldPerCustomer) {}

  /**
   * What is known when a batch comes.
   *
   * @param reservations of the orders concerned
   * @param levels of every SKU that a command or one of {@code reservations} names, if it exists
   * @param held how many reservations each customer who wants another has open
   * @param answered the replies already given to any of the commands
   * @param now the database's time
   */
  record Situation(
      Collection<Reservation> reservations,
      Collection<StockLevel> levels,
      Map<String, Integer> held,
      Map<StepKey, InventoryReply> answered,
      Instant now,
      Terms terms) {}

  /**
   * What a batch comes to.
   *
   * @param replies one to each command, in their order
   * @param fresh those of {@code replies} that were not given before
   */
  record Outcome(
      List<InventoryReply> replies,
      List<InventoryReply> fresh,
      List<Reservation> reservations,
      List<StockChange> stock) {}

  /** Decides a batch in the order it came. A command that comes again gets its first reply. */
  static Outcome fold(Situation situation, List<InventoryCommand> batch) {
    var room = new StockWorkingCopy(situation.reservations(), situation.levels(), situation.held());
    var rules = new StockRules(room, situation.now(), situation.terms());
    var answered = new HashMap<>(situation.answered());
    var replies = new ArrayList<InventoryReply>();
    var fresh = new ArrayList<InventoryReply>();
    for (var command : batch) {
      replies.add(
          answered.computeIfAbsent(
              command.step(),
              _ -> {
                var reply = rules.decide(command);
                fresh.add(reply);
                return reply;
              }));
    }
    return new Outcome(replies, fresh, room.changedReservations(), room.changes());
  }

  /** Puts back on the shelf what was held too long. Nobody is told: a late commit finds out. */
  static Outcome expire(Collection<Reservation> overdue, Collection<StockLevel> levels) {
    var room = new StockWorkingCopy(overdue, levels, Map.of());
    for (var reservation : overdue) {
      room.free(reservation.lines());
      room.put(reservation.now(EXPIRED));
    }
    return new Outcome(List.of(), List.of(), room.changedReservations(), room.changes());
  }

  private InventoryReply decide(InventoryCommand command) {
    return switch (command) {
      case ReserveStock reserve -> reserve(reserve);
      case CommitReservation(var step) -> commit(step);
      case ReleaseReservation(var step) -> release(step);
    };
  }

  private InventoryReply reserve(ReserveStock command) {
    var step = command.step();
    var reservation =
        room.of(step.orderId())
            .orElseGet(() ->
                new Reservation(
                    step.orderId(), command.customerId(), EXPIRED, command.lines(), now, 0));
    return switch (reservation.state()) {
      case EXPIRED -> hold(step, command.customerId(), reservation);
      case HELD -> held(step, reservation);
      case COMMITTED -> new StockReserved(step, reservation.heldUntil());
      case RELEASED -> new ReserveRefused(step);
    };
  }

  private InventoryReply hold(StepKey step, String customerId, Reservation reservation) {
    if (room.heldBy(customerId) >= terms.maxHeldPerCustomer()) {
      return new TooManyReservations(step, terms.maxHeldPerCustomer());
    }
    var missing = room.missing(reservation.lines());
    if (!missing.isEmpty()) {
      return new OutOfStock(step, missing);
    }
    room.hold(reservation.lines());
    return held(step, reservation);
  }

  private InventoryReply held(StepKey step, Reservation reservation) {
    var heldUntil = now.plus(terms.hold());
    room.put(reservation.heldUntil(heldUntil));
    return new StockReserved(step, heldUntil);
  }

  private InventoryReply commit(StepKey step) {
    var known = room.of(step.orderId());
    if (known.isEmpty()) {
      return refuse(step, Reservation.tombstone(step.orderId(), now), List.of());
    }
    var reservation = known.get();
    return switch (reservation.state()) {
      case HELD -> {
        room.free(reservation.lines());
        yield sell(step, reservation);
      }
      case EXPIRED -> sell(step, reservation);
      case COMMITTED -> new ReservationCommitted(step);
      case RELEASED -> new CommitRefused(step, List.of());
    };
  }

  /** For good: no other round of the commit may sell what the saga undoes because of this one. */
  private InventoryReply refuse(StepKey step, Reservation reservation, List<Shortage> missing) {
    room.put(reservation.now(RELEASED));
    return new CommitRefused(step, missing);
  }

  private InventoryReply sell(StepKey step, Reservation reservation) {
    var missing = room.missing(reservation.lines());
    if (!missing.isEmpty()) {
      return refuse(step, reservation, missing);
    }
    room.sell(reservation.lines());
    room.put(reservation.now(COMMITTED));
    return new ReservationCommitted(step);
  }

  private InventoryReply release(StepKey step) {
    var known = room.of(step.orderId());
    if (known.isEmpty()) {
      return released(step, Reservation.tombstone(step.orderId(), now));
    }
    var reservation = known.get();
    return switch (reservation.state()) {
      case HELD -> {
        room.free(reservation.lines());
        yield released(step, reservation);
      }
      case EXPIRED -> released(step, reservation);
      case RELEASED -> new ReservationReleased(step);
      case COMMITTED -> new ReleaseRefused(step);
    };
  }

  private InventoryReply released(StepKey step, Reservation reservation) {
    room.put(reservation.now(RELEASED));
    return new ReservationReleased(step);
  }
}
