package dev.mall.benchmarks.floor;

import dev.mall.benchmarks.floor.LocalOrder.Item;
import dev.mall.benchmarks.floor.LocalOutcome.Placed;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of an order: one round trip for everything that it writes. */
final class LocalOrderStore {

  private static final String CLAIM =
      """
      insert into request_key (customer_id, key, fingerprint, order_id)
      values (:customer, :key, :fingerprint, :id)
      on conflict do nothing
      """;

  private static final String KNOWN =
      """
      select k.fingerprint, o.id, o.status, o.cancel_reason, o.total_minor, o.currency
        from request_key k join orders o on o.id = k.order_id
       where k.customer_id = :customer and k.key = :key
      """;

  private static final String PRICES =
      "select sku, price_minor from product where sku = any(:skus)";

  private static final String LOCK_WALLET =
      "select balance_minor from wallet where customer_id = :customer for update";

  /** In the order of their keys, so that two transactions do not wait for each other. */
  private static final String LOCK_STOCK =
      "select sku, on_hand from stock where sku = any(:skus) order by sku for update";

  private static final String WRITE =
      """
      with line as (
             select position, sku, quantity, price
               from unnest(:positions, :skus, :quantities, :prices)
                    as l (position, sku, quantity, price)),
           ordered as (
             insert into orders (id, customer_id, status, cancel_reason, total_minor, currency,
                                 payment_method, placed_at, settled_at)
             values (:id, :customer, :status, :reason, :total, :currency, 'WALLET', now(), now())),
           lined as (
             insert into order_line (order_id, position, sku, quantity, unit_price_minor)
             select :id, position, sku, quantity, price from line),
           history as (
             insert into order_history (order_id, at, what)
             values (:id, now(), 'PLACED'), (:id, now(), :status)),
           reserved as (
             insert into reservation (order_id, customer_id, state)
             values (:id, :customer, case when :confirmed then 'COMMITTED' else 'RELEASED' end)),
           reserved_line as (
             insert into reservation_line (order_id, sku, quantity)
             select :id, sku, quantity from line),
           paid as (
             insert into payment (order_id, state, customer_id, amount_minor, currency)
             values (:id, case when :confirmed then 'CHARGED' else 'DECLINED' end, :customer,
                     :total, :currency)),
           posted as (
             insert into ledger_transaction (kind, reference, debit_account, credit_account,
                                             amount_minor, currency)
             select 'CHARGE', :reference, 'wallet:' || :customer, 'sales', :total, :currency
              where :confirmed),
           charged as (
             update wallet set balance_minor = balance_minor - :total
              where customer_id = :customer and :confirmed),
           sold as (
             update stock set on_hand = on_hand - quantity, sold = sold + quantity
               from line where stock.sku = line.sku and :confirmed)
      insert into notification (order_id, outcome, customer_id, title, text, total_minor, currency,
                                reason)
      values (:id, :status, :customer, :title, :text, :total, :currency, :reason)
      """;

  private final JdbcClient jdbc;

  LocalOrderStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Returns whether this request is the first with its key; waits for one that is under way. */
  boolean claim(LocalOrder order, long id) {
    return jdbc.sql(CLAIM)
            .param("customer", order.customerId())
            .param("key", order.key())
            .param("fingerprint", order.fingerprint())
            .param("id", id)
            .update()
        == 1;
  }

  LocalOutcome known(LocalOrder order) {
    return jdbc.sql(KNOWN)
        .param("customer", order.customerId())
        .param("key", order.key())
        .query((row, _) ->
            row.getString("fingerprint").equals(order.fingerprint())
                ? new Placed(
                    row.getLong("id"),
                    row.getString("status"),
                    row.getString("cancel_reason"),
                    row.getLong("total_minor"),
                    row.getString("currency"))
                : new LocalOutcome.KeyReused())
        .single();
  }

  /** Unknown products are absent. */
  Map<String, Long> prices(List<Item> items) {
    return bySku(PRICES, items, "price_minor");
  }

  Optional<Long> lockedBalance(String customer) {
    return jdbc.sql(LOCK_WALLET).param("customer", customer).query(Long.class).optional();
  }

  Map<String, Long> lockedStock(List<Item> items) {
    return bySku(LOCK_STOCK, items, "on_hand");
  }

  private Map<String, Long> bySku(String query, List<Item> items, String column) {
    var values = new HashMap<String, Long>();
    jdbc.sql(query)
        .param("skus", skus(items))
        .query(row -> {
          values.put(row.getString("sku"), row.getLong(column));
        });
    return values;
  }

  /** Writes an order in its final state, and everything that belongs to it. */
  void write(LocalOrder order, Map<String, Long> prices, Placed placed, String title) {
    var items = order.items();
    boolean confirmed = placed.reason() == null;
    jdbc.sql(WRITE)
        .param("id", placed.id())
        .param("customer", order.customerId())
        .param("status", placed.status())
        .param("reason", placed.reason(), Types.VARCHAR)
        .param("confirmed", confirmed)
        .param("total", placed.totalMinor())
        .param("currency", placed.currency())
        .param("reference", Long.toString(placed.id()))
        .param("title", title)
        .param("text", text(placed))
        .param("positions", positions(items.size()))
        .param("skus", skus(items))
        .param("quantities", items.stream().map(Item::quantity).toArray(Integer[]::new))
        .param("prices", prices(items, prices))
        .update();
  }

  private static String text(Placed placed) {
    var reason = placed.reason();
    return reason == null
        ? "Order %d is confirmed.".formatted(placed.id())
        : "Order %d was cancelled: %s.".formatted(placed.id(), reason);
  }

  private static Long[] prices(List<Item> items, Map<String, Long> prices) {
    return items.stream()
        .map(item -> Objects.requireNonNull(prices.get(item.sku())))
        .toArray(Long[]::new);
  }

  private static Integer[] positions(int size) {
    return IntStream.range(0, size).boxed().toArray(Integer[]::new);
  }

  private static String[] skus(List<Item> items) {
    return items.stream().map(Item::sku).toArray(String[]::new);
  }
}
