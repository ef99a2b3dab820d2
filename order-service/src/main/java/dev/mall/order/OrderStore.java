package dev.mall.order;

import dev.mall.messaging.consumer.failure.StaleWriteException;
import dev.mall.order.OrderRows.StoredRow;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Orders by the batch: each method is one or two statements, whatever the number of orders. */
@Repository
public class OrderStore {

  /** Signalled after each commit that made orders final. */
  public static final String SETTLED_CHANNEL = "order_settled";

  private static final String INSERT_ORDERS =
      """
      insert into orders (id, customer_id, status, total_minor, currency, payment_method,
                          placed_at, traceparent, announce_next)
      select id, customer_id, 'PENDING', total_minor, currency, payment_method,
             :placedAt, traceparent, clock_timestamp() + :announceAfter * interval '1 ms'
        from unnest(:ids, :customers, :totals, :currencies, :methods, :traceparents)
             as o (id, customer_id, total_minor, currency, payment_method, traceparent)
       order by id
      """;

  private static final String INSERT_LINES =
      """
      insert into order_line (order_id, position, sku, quantity, unit_price_minor)
      select * from unnest(:orders, :positions, :skus, :quantities, :prices)
      """;

  private static final String LOCK =
      """
      select id, status, cancel_reason, settled_at
        from orders
       where id = any(:ids)
       order by id
         for update
      """;

  private static final String SETTLE =
      """
      update orders o
         set status = s.status, cancel_reason = s.reason, settled_at = :at
        from unnest(:ids, :statuses, :reasons) as s (id, status, reason)
       where o.id = s.id and o.status = 'PENDING'
      """;

  private static final String NOTE =
      """
      insert into order_history (order_id, at, what, detail)
      select order_id, :at, what, detail
        from unnest(:orders, :whats, :details)
             with ordinality as h (order_id, what, detail, position)
       order by position
      """;

  private static final String FINAL_AMONG =
      """
      select id, status, cancel_reason, settled_at
        from orders
       where id = any(:ids) and status <> 'PENDING'
      """;

  private static final String FIND =
      """
      select o.*, line.sku, line.quantity, line.unit_price_minor
        from orders o
        join order_line line on line.order_id = o.id
       where o.id = any(:ids)
       order by o.id, line.position
      """;

  private final JdbcClient jdbc;
  private final OrderProperties properties;

  OrderStore(JdbcClient jdbc, OrderProperties properties) {
    this.jdbc = jdbc;
    this.properties = properties;
  }

  /** A line of an order's timeline. */
  public record Note(long orderId, HistoryEntry.What what, @Nullable String detail) {}

  /**
   * Adds new orders with their lines.
   *
   * @param orders not empty; all placed at the same time
   * @param traceparents one for each
   */
  void insert(List<Order> orders, List<@Nullable String> traceparents, Instant placedAt) {
    jdbc.sql(INSERT_ORDERS)
        .param("placedAt", at(placedAt))
        .param("announceAfter", properties.announceAgainAfter().toMillis())
        .param("ids", orders.stream().mapToLong(Order::id).toArray())
        .param("customers", orders.stream().map(Order::customerId).toArray(String[]::new))
        .param("totals", orders.stream().mapToLong(o -> o.total().minor()).toArray())
        .param(
            "currencies",
            orders.stream().map(o -> o.total().currency().getCurrencyCode()).toArray(String[]::new))
        .param("methods", orders.stream().map(o -> o.method().name()).toArray(String[]::new))
        .param("traceparents", traceparents.toArray(String[]::new))
        .update();
    insertLines(orders);
  }

  private void insertLines(List<Order> orders) {
    var lines =
        orders.stream()
            .flatMap(order ->
                IntStream.range(0, order.lines().size())
                    .mapToObj(i -> new PlacedLine(order.id(), i, order.lines().get(i))))
            .toList();
    jdbc.sql(INSERT_LINES)
        .param("orders", lines.stream().mapToLong(PlacedLine::orderId).toArray())
        .param("positions", lines.stream().mapToInt(PlacedLine::position).toArray())
        .param("skus", lines.stream().map(l -> l.line().sku()).toArray(String[]::new))
        .param("quantities", lines.stream().mapToInt(l -> l.line().quantity()).toArray())
        .param("prices", lines.stream().mapToLong(l -> l.line().unitPrice().minor()).toArray())
        .update();
  }

  private record PlacedLine(long orderId, int position, OrderLine line) {}

  /** Locks the orders, in id order, until the transaction ends; unknown ones are absent. */
  public Map<Long, OrderState> lock(Collection<Long> ids) {
    return states(LOCK, ids);
  }

  /** Those of the orders that are final. */
  public Map<Long, OrderState> finalAmong(Collection<Long> ids) {
    return states(FINAL_AMONG, ids);
  }

  List<Order> find(Collection<Long> ids) {
    var rows = new OrderRows();
    jdbc.sql(FIND).param("ids", ids.stream().mapToLong(Long::longValue).toArray()).query(rows);
    return rows.all(StoredRow::order);
  }

  private Map<Long, OrderState> states(String sql, Collection<Long> ids) {
    var found = new HashMap<Long, OrderState>();
    jdbc.sql(sql)
        .param("ids", ids.stream().mapToLong(Long::longValue).distinct().toArray())
        .query(row -> {
          found.put(row.getLong("id"), OrderRows.state(row));
        });
    return found;
  }

  /**
   * Makes pending orders final.
   *
   * @throws StaleWriteException if one of them was final already
   */
  public void settle(Map<Long, OrderState> settled, Instant at) {
    if (settled.isEmpty()) {
      return;
    }
    var sorted = new TreeMap<>(settled);
    int written =
        jdbc.sql(SETTLE)
            .param("at", at(at))
            .param("ids", sorted.keySet().stream().mapToLong(Long::longValue).toArray())
            .param(
                "statuses",
                sorted.values().stream().map(s -> s.status().name()).toArray(String[]::new))
            .param(
                "reasons",
                sorted.values().stream()
                    .map(s -> s.reason() == null ? null : s.reason().name())
                    .toArray(String[]::new))
            .update();
    StaleWriteException.unless(sorted.size(), written, "orders");
  }

  /** Adds to the timelines. */
  public void note(List<Note> notes, Instant at) {
    if (notes.isEmpty()) {
      return;
    }
    jdbc.sql(NOTE)
        .param("at", at(at))
        .param("orders", notes.stream().mapToLong(Note::orderId).toArray())
        .param("whats", notes.stream().map(n -> n.what().name()).toArray(String[]::new))
        .param("details", notes.stream().map(Note::detail).toArray(String[]::new))
        .update();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
