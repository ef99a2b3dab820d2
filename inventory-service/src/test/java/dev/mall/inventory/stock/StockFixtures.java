package dev.mall.inventory.stock;

import dev.mall.contracts.InventoryCommand;
import dev.mall.contracts.InventoryCommand.CommitReservation;
import dev.mall.contracts.InventoryCommand.Line;
import dev.mall.contracts.InventoryCommand.ReleaseReservation;
import dev.mall.contracts.InventoryCommand.ReserveStock;
import dev.mall.contracts.InventoryCommand.RestockOrder;
import dev.mall.contracts.InventoryReply;
import dev.mall.contracts.values.StepKey;
import dev.mall.inventory.stock.StockRules.Outcome;
import dev.mall.inventory.stock.StockRules.Situation;
import dev.mall.inventory.stock.StockRules.Terms;
import dev.mall.inventory.stock.reservation.Reservation;
import dev.mall.inventory.stock.reservation.ReservationState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Commands of inventory-service, and a shop in memory for tests of the rules. */
final class StockFixtures {

  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final Duration HOLD = Duration.ofMinutes(30);
  static final int MAX_HELD = 2;

  private StockFixtures() {}

  static Line line(String sku, int quantity) {
    return new Line(sku, quantity);
  }

  static ReserveStock reserve(long orderId, Line... lines) {
    return reserve("customer-of-" + orderId, orderId, lines);
  }

  static ReserveStock reserve(String customer, long orderId, Line... lines) {
    return new ReserveStock(new StepKey(orderId, "reserve", 1), customer, List.of(lines));
  }

  static CommitReservation commit(long orderId) {
    return new CommitReservation(new StepKey(orderId, "commit", 1));
  }

  static ReleaseReservation release(long orderId) {
    return new ReleaseReservation(new StepKey(orderId, "release", 1));
  }

  static RestockOrder restock(long orderId) {
    return new RestockOrder(new StepKey(orderId, "restock", 1));
  }

  /** The same command in another round. */
  static InventoryCommand round(int round, InventoryCommand command) {
    var step = new StepKey(command.step().orderId(), command.step().step(), round);
    return switch (command) {
      case ReserveStock(_, var customer, var lines) -> new ReserveStock(step, customer, lines);
      case CommitReservation _ -> new CommitReservation(step);
      case ReleaseReservation _ -> new ReleaseReservation(step);
      case RestockOrder _ -> new RestockOrder(step);
    };
  }

  /** Keeps the rules' decisions as the database does, and the replies as the reply log does. */
  static final class Shop {

    final Map<String, StockLevel> levels = new TreeMap<>();
    final Map<Long, Reservation> reservations = new TreeMap<>();
    private final Map<StepKey, InventoryReply> answered = new HashMap<>();

    Shop with(String sku, int pieces) {
      levels.put(sku, new StockLevel(sku, pieces, 0, pieces, 0));
      return this;
    }

    InventoryReply receives(InventoryCommand command) {
      return receives(List.of(command)).getFirst();
    }

    List<InventoryReply> receives(List<InventoryCommand> batch) {
      var fresh = new LinkedHashMap<StepKey, InventoryCommand>();
      batch.forEach(command -> fresh.putIfAbsent(command.step(), command));
      fresh.keySet().removeAll(answered.keySet());
      keep(
          StockRules.decide(
              new Situation(
                  reservations.values(), levels.values(), held(), NOW, new Terms(HOLD, MAX_HELD)),
              List.copyOf(fresh.values())));
      return batch.stream().map(command -> answered.get(command.step())).toList();
    }

    /** By how many reservations each customer holds stock. */
    Map<String, Integer> held() {
      var held = new HashMap<String, Integer>();
      for (var reservation : reservations.values()) {
        var customer = reservation.customerId();
        if (customer != null && reservation.state() == ReservationState.HELD) {
          held.merge(customer, 1, Integer::sum);
        }
      }
      return held;
    }

    void expires(long orderId) {
      keep(StockRules.expire(List.of(reservations.get(orderId)), levels.values()));
    }

    StockLevel level(String sku) {
      return levels.get(sku);
    }

    Optional<ReservationState> state(long orderId) {
      return Optional.ofNullable(reservations.get(orderId)).map(Reservation::state);
    }

    private void keep(Outcome outcome) {
      outcome.reservations().forEach(changed -> reservations.put(changed.orderId(), changed));
      outcome.stock().forEach(this::keep);
      outcome.replies().forEach(reply -> answered.put(reply.step(), reply));
    }

    private void keep(StockChange change) {
      levels.computeIfPresent(
          change.sku(),
          (sku, level) ->
              new StockLevel(
                  sku,
                  level.onHand() - change.sold(),
                  level.reserved() + change.reserved(),
                  level.received(),
                  level.sold() + change.sold()));
    }
  }
}
