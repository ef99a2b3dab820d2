package dev.mall.order.settle;

import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.messaging.consumer.failure.StaleWriteException;
import dev.mall.order.OrderState;
import dev.mall.order.OrderStatus;
import dev.mall.order.settle.OrdersSettled.SettledOrder;
import dev.mall.runtime.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The SQL of settling orders, set-based: each method is one or two statements. */
@Repository
public class OrderStates {

  /** Notified after commits that made orders final for which no request waits at their replica. */
  public static final String SETTLED_CHANNEL = "order_settled";

  private static final String LOCK =
      """
      select id, status, cancel_reason, settled_at
        from orders
       where id = any(:ids)
       order by id
         for update
      """;

  /**
   * Also remembers declined payments, and forgets those of customers who have paid. Rows that
   * another transaction is forgetting are skipped, so batches of the same customers do not wait for
   * each other.
   */
  static final String SETTLE =
      """
      with settled as (
        update orders o
           set status = s.status, cancel_reason = s.reason,
               settled_at = coalesce(o.settled_at, :at)
          from unnest(:ids, :statuses, :reasons) as s (id, status, reason)
         where o.id = s.id
           and (o.status = 'PENDING' or (o.status = 'CONFIRMED' and s.status = 'RETURNED'))
        returning o.id, o.customer_id, o.checkout, o.placed_at, s.status, s.reason,
                  s.status = 'CONFIRMED' and o.cancellation_requested_at is not null as to_return),
      paying as (select customer_id from settled where status = 'CONFIRMED'),
      past as (
        select order_id
          from declined_payment
         where customer_id in (select customer_id from paying)
           for update skip locked),
      forgotten as (
        delete from declined_payment d using past where d.order_id = past.order_id),
      declined as (
        insert into declined_payment (order_id, customer_id, declined_at)
        select id, customer_id, clock_timestamp()
          from settled
         where reason = any(:declined)
           and customer_id not in (select customer_id from paying))
      select id, checkout, placed_at, to_return from settled
      """;

  private static final String[] DECLINED =
      Stream.of(CancelReason.values())
          .filter(CancelReason::isDeclinedPayment)
          .map(CancelReason::name)
          .toArray(String[]::new);

  private static final String INSERT_HISTORY =
      """
      insert into order_history (order_id, at, what, detail)
      select id, :at, status, reason
        from unnest(:ids, :statuses, :reasons) as s (id, status, reason)
       order by id
      """;

  private static final String FINAL_AMONG =
      """
      select id, status, cancel_reason, settled_at
        from orders
       where id = any(:ids) and status <> 'PENDING'
      """;

  private final JdbcClient jdbc;

  OrderStates(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Locks the orders, in id order, until the transaction ends; unknown ones are absent. */
  Map<Long, OrderState> lock(Collection<Long> ids) {
    return states(LOCK, ids);
  }

  /** Returns the states of those orders that are final. */
  public Map<Long, OrderState> finalAmong(Collection<Long> ids) {
    return states(FINAL_AMONG, ids);
  }

  private Map<Long, OrderState> states(String sql, Collection<Long> ids) {
    var found = new HashMap<Long, OrderState>();
    jdbc.sql(sql)
        .param("ids", ids.stream().mapToLong(Long::longValue).distinct().toArray())
        .query(row -> {
          found.put(row.getLong("id"), state(row));
        });
    return found;
  }

  private static OrderState state(ResultSet row) throws SQLException {
    var reason = row.getString("cancel_reason");
    return new OrderState(
        OrderStatus.valueOf(row.getString("status")),
        reason == null ? null : CancelReason.valueOf(reason),
        Columns.nullableInstant(row, "settled_at"));
  }

  /**
   * Makes pending orders final, marks confirmed ones as returned, and adds to their timelines. A
   * confirmation in a batch outweighs the declined payments of its customer in the same batch.
   *
   * @return the orders as they are now
   * @throws StaleWriteException if one of them was in another state already
   */
  List<SettledOrder> settle(Map<Long, OrderState> settled, Instant at) {
    if (settled.isEmpty()) {
      return List.of();
    }
    var written =
        statement(SETTLE, settled, at)
            .param("declined", DECLINED)
            .query((row, _) ->
                new SettledOrder(
                    row.getLong("id"),
                    Objects.requireNonNull(settled.get(row.getLong("id"))),
                    CheckoutMode.valueOf(row.getString("checkout")),
                    Columns.instant(row, "placed_at"),
                    row.getBoolean("to_return")))
            .list();
    StaleWriteException.unless(settled.size(), written.size(), "orders");
    statement(INSERT_HISTORY, settled, at).update();
    return written;
  }

  private StatementSpec statement(String sql, Map<Long, OrderState> settled, Instant at) {
    var sorted = new TreeMap<>(settled);
    return jdbc.sql(sql)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("ids", Columns.longs(sorted.keySet()))
        .param("statuses", Columns.texts(sorted.values(), OrderState::status))
        .param("reasons", Columns.texts(sorted.values(), OrderState::reason));
  }
}
