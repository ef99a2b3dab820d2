package dev.mall.benchmarks.floor;

import dev.mall.benchmarks.floor.LocalOrder.Item;
import dev.mall.benchmarks.floor.LocalOutcome.Placed;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Places an order: stock, money, order and notification in one local transaction. */
public final class PlaceLocally {

  private static final String CURRENCY = "EUR";

  private final LocalOrderStore store;
  private final TransactionOperations transaction;

  /** Unique among the processes of a run, which start in different milliseconds. */
  private final AtomicLong ids = new AtomicLong(System.currentTimeMillis() << 20);

  public PlaceLocally(JdbcClient jdbc, TransactionOperations transaction) {
    this.store = new LocalOrderStore(jdbc);
    this.transaction = transaction;
  }

  /** Returns after the commit; an order that is refused leaves nothing. */
  public LocalOutcome place(LocalOrder order) {
    return Objects.requireNonNull(
        transaction.execute(status -> {
          var outcome = placed(order);
          if (outcome instanceof LocalOutcome.UnknownProducts) {
            status.setRollbackOnly();
          }
          return outcome;
        }));
  }

  private LocalOutcome placed(LocalOrder order) {
    long id = ids.incrementAndGet();
    if (!store.claim(order, id)) {
      return store.known(order);
    }
    var prices = store.prices(order.items());
    var unknown =
        order.items().stream().map(Item::sku).filter(sku -> !prices.containsKey(sku)).toList();
    if (!unknown.isEmpty()) {
      return new LocalOutcome.UnknownProducts(unknown);
    }
    var placed = decided(order, id, total(order.items(), prices));
    var title = placed.reason() == null ? "Order confirmed" : "Order cancelled";
    store.write(order, prices, placed, title);
    return placed;
  }

  private static long total(List<Item> items, Map<String, Long> prices) {
    return items.stream()
        .mapToLong(item ->
            Math.multiplyExact(Objects.requireNonNull(prices.get(item.sku())), item.quantity()))
        .reduce(0, Math::addExact);
  }

  /** Locks the wallet first: stock that every order wants is then locked for a shorter time. */
  private Placed decided(LocalOrder order, long id, long total) {
    var reason = refusal(order, total);
    return new Placed(id, reason == null ? "CONFIRMED" : "CANCELLED", reason, total, CURRENCY);
  }

  private @Nullable String refusal(LocalOrder order, long total) {
    if (store.lockedBalance(order.customerId()).orElse(0L) < total) {
      return "PAYMENT_DECLINED";
    }
    var onHand = store.lockedStock(order.items());
    boolean isShort =
        order.items().stream()
            .anyMatch(item -> onHand.getOrDefault(item.sku(), 0L) < item.quantity());
    return isShort ? "OUT_OF_STOCK" : null;
  }
}
