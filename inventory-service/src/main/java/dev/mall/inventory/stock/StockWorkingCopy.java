package dev.mall.inventory.stock;

import dev.mall.contracts.InventoryCommand.Line;
import dev.mall.contracts.InventoryReply.Shortage;
import dev.mall.inventory.stock.reservation.Reservation;
import dev.mall.inventory.stock.reservation.ReservationState;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reservations and stock while a batch is decided, and the changes that the batch makes. */
final class StockWorkingCopy {

  private final Map<Long, Reservation> reservations = new HashMap<>();
  private final Map<Long, Reservation> changed = new LinkedHashMap<>();
  private final Map<String, StockLevel> before = new HashMap<>();
  private final Map<String, StockLevel> levels = new HashMap<>();

  private final Map<String, Integer> held;

  /**
   * @param held open reservations by customer
   */
  StockWorkingCopy(
      Collection<Reservation> reservations,
      Collection<StockLevel> levels,
      Map<String, Integer> held) {
    this.held = new HashMap<>(held);
    reservations.forEach(reservation -> this.reservations.put(reservation.orderId(), reservation));
    levels.forEach(level -> this.before.put(level.sku(), level));
    this.levels.putAll(before);
  }

  Optional<Reservation> of(long orderId) {
    return Optional.ofNullable(reservations.get(orderId));
  }

  void put(Reservation reservation) {
    var before = reservations.put(reservation.orderId(), reservation);
    if (reservation.customerId() != null) {
      int more = open(reservation) - (before == null ? 0 : open(before));
      held.merge(reservation.customerId(), more, Integer::sum);
    }
    changed.put(reservation.orderId(), reservation);
  }

  int heldBy(String customerId) {
    return held.getOrDefault(customerId, 0);
  }

  private static int open(Reservation reservation) {
    return reservation.state() == ReservationState.HELD ? 1 : 0;
  }

  /** The lines that exceed the available stock; an unknown SKU has none. */
  List<Shortage> missing(List<Line> lines) {
    return lines.stream()
        .filter(line -> line.quantity() > available(line.sku()))
        .map(line -> new Shortage(line.sku(), line.quantity(), available(line.sku())))
        .toList();
  }

  void hold(List<Line> lines) {
    move(lines, StockLevel::held);
  }

  void free(List<Line> lines) {
    move(lines, StockLevel::freed);
  }

  /** Sells what is free. */
  void sell(List<Line> lines) {
    move(lines, StockLevel::sold);
  }

  /** Puts back what was sold. */
  void restock(List<Line> lines) {
    move(lines, StockLevel::restocked);
  }

  List<Reservation> changedReservations() {
    return List.copyOf(changed.values());
  }

  List<StockChange> changes() {
    return before.values().stream()
        .map(level -> StockChange.between(level, level(level.sku())))
        .filter(change -> !change.isNone())
        .toList();
  }

  private void move(List<Line> lines, BiFunction<StockLevel, Integer, StockLevel> step) {
    for (var line : lines) {
      levels.put(line.sku(), step.apply(level(line.sku()), line.quantity()));
    }
  }

  private long available(String sku) {
    var level = levels.get(sku);
    return level == null ? 0 : level.available();
  }

  private StockLevel level(String sku) {
    var level = levels.get(sku);
    if (level == null) {
      throw new IllegalStateException("stock of %s was not loaded".formatted(sku));
    }
    return level;
  }
}
