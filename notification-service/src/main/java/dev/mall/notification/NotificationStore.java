package dev.mall.notification;

import dev.mall.messaging.consumer.failure.StaleWriteException;
import dev.mall.runtime.Columns;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reads and inserts notifications, a batch at a time. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class NotificationStore {

  private static final String LOCK =
      """
      select order_id, outcome
        from notification
       where order_id = any(:orders)
       order by order_id, outcome
         for update
      """;

  private static final String INSERT =
      """
      insert into notification
             (order_id, outcome, customer_id, title, text, total_minor, currency, reason)
      select order_id, outcome, customer_id, title, text, total_minor, currency, reason
        from unnest(:orders, :outcomes, :customers, :titles, :texts, :totals, :currencies, :reasons)
             as n (order_id, outcome, customer_id, title, text, total_minor, currency, reason)
       order by order_id, outcome
      on conflict do nothing
      """;

  private final JdbcClient jdbc;

  NotificationStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The stored notifications about the orders, locked until the transaction ends. */
  Set<Notification.Key> locked(Collection<Long> orderIds) {
    return new HashSet<>(
        jdbc.sql(LOCK)
            .param("orders", Columns.longs(orderIds))
            .query((row, _) ->
                new Notification.Key(
                    row.getLong("order_id"), OrderOutcome.valueOf(row.getString("outcome"))))
            .list());
  }

  /**
   * @throws StaleWriteException if a concurrent transaction inserted one of them
   */
  void insert(List<Notification> notifications) {
    if (notifications.isEmpty()) {
      return;
    }
    int written =
        jdbc.sql(INSERT)
            .param("orders", Columns.longs(notifications, Notification::orderId))
            .param("outcomes", Columns.texts(notifications, Notification::outcome))
            .param("customers", Columns.texts(notifications, Notification::customerId))
            .param("titles", Columns.texts(notifications, Notification::title))
            .param("texts", Columns.texts(notifications, Notification::text))
            .param("totals", Columns.longs(notifications, n -> n.total().minor()))
            .param(
                "currencies",
                Columns.texts(notifications, n -> n.total().currency().getCurrencyCode()))
            .param("reasons", Columns.texts(notifications, Notification::reason))
            .update();
    StaleWriteException.unless(notifications.size(), written, "notifications");
  }
}
