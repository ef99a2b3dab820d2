package dev.mall.order.query;

import dev.mall.order.Order;
import dev.mall.order.OrderRefused;
import dev.mall.web.input.Cursor;
import dev.mall.web.input.Page;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Answers queries about orders. */
@Service
@Transactional(readOnly = true)
public class FindOrders {

  /** The bounds of PostgreSQL's timestamps are wider than these. */
  private static final Instant EARLIEST = Instant.EPOCH;

  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private final StoredOrders stored;

  FindOrders(StoredOrders stored) {
    this.stored = stored;
  }

  /**
   * @param visible whether the caller may see an order of this customer
   * @throws OrderRefused.Unknown if there is none that the caller may see
   */
  public Order order(long id, Predicate<String> visible) {
    return stored
        .find(id)
        .map(StoredOrder::toOrder)
        .filter(order -> visible.test(order.details().customerId()))
        .orElseThrow(() -> new OrderRefused.Unknown(id));
  }

  /** Returns orders by id, in one query; unknown ones are absent. */
  public Map<Long, Order> all(Collection<Long> ids) {
    return ids.isEmpty()
        ? Map.of()
        : stored.all(ids).stream()
            .map(StoredOrder::toOrder)
            .collect(Collectors.toMap(Order::id, Function.identity()));
  }

  /**
   * Returns the timeline of an order, oldest entry first.
   *
   * @param visible whether the caller may see an order of this customer
   * @throws OrderRefused.Unknown if there is none that the caller may see
   */
  public List<HistoryEntry> timeline(long id, Predicate<String> visible) {
    if (stored.customerOf(id).filter(visible).isEmpty()) {
      throw new OrderRefused.Unknown(id);
    }
    return stored.history(id).stream().map(StoredHistoryEntry::toEntry).toList();
  }

  /** Returns a customer's orders, newest first; none for an unknown customer. */
  public Page<Order> orders(OrderFilter filter, Optional<Cursor> after, int limit) {
    long before = after.map(cursor -> cursor.key(0)).orElse(Long.MAX_VALUE);
    var found =
        stored
            .newest(
                filter.customerId(),
                before,
                filter.status(),
                within(filter.placedAfter(), EARLIEST),
                within(filter.placedBefore(), LATEST),
                Limit.of(limit + 1))
            .stream()
            .map(StoredOrder::toOrder)
            .toList();
    return Page.of(found, limit, order -> Cursor.after(order.id()));
  }

  private static Instant within(@Nullable Instant given, Instant otherwise) {
    if (given == null) {
      return otherwise;
    }
    var notTooEarly = given.isBefore(EARLIEST) ? EARLIEST : given;
    return notTooEarly.isAfter(LATEST) ? LATEST : notTooEarly;
  }
}
