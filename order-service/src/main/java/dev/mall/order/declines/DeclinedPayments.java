package dev.mall.order.declines;

import dev.mall.order.OrderRefused;
import dev.mall.order.OrderRefused.TooManyDeclinedPayments;
import dev.mall.runtime.Columns;
import dev.mall.web.logging.ThrottledLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Refuses orders of customers whose payments are declined one after the other: each of those orders
 * reserves stock for a moment, and costs as much work as one that is paid. The settlement of orders
 * writes the rows, so all replicas count the same.
 */
@Repository
public class DeclinedPayments {

  private static final Logger log = LoggerFactory.getLogger(DeclinedPayments.class);

  /** As many rows of a customer as decide, by this database's clock. */
  static final String RECENT =
      """
      select asked.customer_id, recent.age
        from unnest(:customers) as asked (customer_id)
       cross join lateral (
              select (extract(epoch from statement_timestamp() - declined_at) * 1000)::bigint as age
                from declined_payment d
               where d.customer_id = asked.customer_id
                 and d.declined_at > statement_timestamp() - :window * interval '1 ms'
                 and d.declined_at <= statement_timestamp()
               order by d.declined_at desc
               limit :atMost + 1) as recent
      """;

  private final JdbcClient jdbc;
  private final DeclinedPaymentProperties properties;
  private final ThrottledLog throttled = new ThrottledLog();

  DeclinedPayments(JdbcClient jdbc, DeclinedPaymentProperties properties) {
    this.jdbc = jdbc;
    this.properties = properties;
  }

  /** Returns those of these customers whose orders are refused now, and why. */
  public Map<String, OrderRefused> refusals(Collection<String> customers) {
    var refusals = new HashMap<String, OrderRefused>();
    recent(customers)
        .forEach((customer, ages) ->
            properties
                .refusedFor(ages)
                .ifPresent(wait -> refusals.put(customer, refusal(customer, wait))));
    return refusals;
  }

  private Map<String, List<Duration>> recent(Collection<String> customers) {
    var recent = new HashMap<String, List<Duration>>();
    jdbc.sql(RECENT)
        .param("customers", Columns.texts(customers))
        .param("window", properties.window().toMillis())
        .param("atMost", properties.atMost())
        .query(row -> {
          recent
              .computeIfAbsent(row.getString("customer_id"), _ -> new ArrayList<>())
              .add(Duration.ofMillis(row.getLong("age")));
        });
    return recent;
  }

  private OrderRefused refusal(String customer, Duration wait) {
    throttled.count(times ->
        log.warn(
            "orders of customers with declined payments were refused {} times, the last of {}",
            times,
            customer));
    return new TooManyDeclinedPayments(properties.atMost(), properties.window(), wait);
  }
}
