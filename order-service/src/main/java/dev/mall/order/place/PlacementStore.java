package dev.mall.order.place;

import dev.mall.money.Money;
import dev.mall.order.Order;
import dev.mall.order.OrderLine;
import dev.mall.order.OrderProperties;
import dev.mall.order.place.PlacementRules.KnownRequest;
import dev.mall.order.query.FindOrders;
import dev.mall.runtime.Columns;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of placing orders, set-based: each method is a fixed number of statements. */
@Repository
class PlacementStore {

  private static final String FIND_KEYS =
      """
      select k.customer_id, k.key, k.fingerprint, k.canonical, k.order_id
        from unnest(:customers, :keys) as asked (customer_id, key)
        join request_key k using (customer_id, key)
      """;

  private static final String LOCK_TIMEOUT = "set local lock_timeout = '1s'";

  private static final String CLAIM_KEYS =
      """
      insert into request_key (customer_id, key, fingerprint, canonical, order_id)
      select customer_id, key, fingerprint, canonical, order_id
        from unnest(:customers, :keys, :fingerprints, :canonicals, :orders)
             as k (customer_id, key, fingerprint, canonical, order_id)
       order by customer_id collate "C", key collate "C"
      on conflict do nothing
      returning customer_id, key
      """;

  private static final String PRICES =
      "select sku, price_minor, currency from product where sku = any(:skus)";

  private static final String INSERT_ORDERS =
      """
      insert into orders (id, customer_id, status, total_minor, currency, payment_method,
                          checkout, placed_at, traceparent, announce_next)
      select id, customer_id, 'PENDING', total_minor, currency, payment_method, checkout,
             :placedAt, traceparent, clock_timestamp() + :announceAfter * interval '1 ms'
        from unnest(:ids, :customers, :totals, :currencies, :methods, :checkouts,
                    :traceparents)
             as o (id, customer_id, total_minor, currency, payment_method, checkout, traceparent)
       order by id
      """;

  private static final String INSERT_LINES =
      """
      insert into order_line (order_id, position, sku, quantity, unit_price_minor)
      select * from unnest(:orders, :positions, :skus, :quantities, :prices)
      """;

  private static final String INSERT_HISTORY =
      """
      insert into order_history (order_id, at, what, detail)
      select id, :at, 'PLACED', checkout from unnest(:ids, :checkouts) as o (id, checkout)
       order by id
      """;

  private final JdbcClient jdbc;
  private final FindOrders find;
  private final OrderProperties properties;

  PlacementStore(JdbcClient jdbc, FindOrders find, OrderProperties properties) {
    this.jdbc = jdbc;
    this.find = find;
    this.properties = properties;
  }

  private record StoredKey(RequestKey key, Fingerprint fingerprint, long orderId) {}

  /** Returns the requests that had any of the keys, with their orders. */
  Map<RequestKey, KnownRequest> known(Collection<RequestKey> keys) {
    var stored = storedKeys(keys);
    var orders = find.all(stored.stream().map(StoredKey::orderId).toList());
    var known = new HashMap<RequestKey, KnownRequest>();
    for (var request : stored) {
      var order = Objects.requireNonNull(orders.get(request.orderId()));
      known.put(request.key(), new KnownRequest(request.fingerprint(), order));
    }
    return known;
  }

  private List<StoredKey> storedKeys(Collection<RequestKey> keys) {
    return jdbc.sql(FIND_KEYS)
        .param("customers", Columns.texts(keys, RequestKey::customerId))
        .param("keys", Columns.texts(keys, RequestKey::key))
        .query((row, _) ->
            new StoredKey(
                new RequestKey(row.getString("customer_id"), row.getString("key")),
                new Fingerprint(row.getString("fingerprint"), row.getString("canonical")),
                row.getLong("order_id")))
        .list();
  }

  /**
   * Claims keys for requests. A key that a concurrent transaction is claiming is waited for.
   *
   * @return the keys that were claimed; concurrent transactions have claimed the others
   * @throws org.springframework.dao.DataAccessException with SQLSTATE 55P03 if such a transaction
   *     takes longer than a second
   */
  Set<RequestKey> claim(Map<RequestKey, KnownRequest> requests) {
    jdbc.sql(LOCK_TIMEOUT).update();
    var keys = requests.keySet();
    var known = requests.values();
    return new HashSet<>(
        jdbc.sql(CLAIM_KEYS)
            .param("customers", Columns.texts(keys, RequestKey::customerId))
            .param("keys", Columns.texts(keys, RequestKey::key))
            .param("fingerprints", Columns.texts(known, k -> k.fingerprint().legacy()))
            .param("canonicals", Columns.texts(known, k -> k.fingerprint().canonical()))
            .param("orders", Columns.longs(known, k -> k.order().id()))
            .query((row, _) -> new RequestKey(row.getString("customer_id"), row.getString("key")))
            .list());
  }

  /** Returns prices by SKU; unknown SKUs are absent. */
  Map<String, Money> prices(Collection<String> skus) {
    var prices = new HashMap<String, Money>();
    jdbc.sql(PRICES)
        .param("skus", Columns.texts(skus))
        .query(row -> {
          prices.put(
              row.getString("sku"),
              Money.of(row.getLong("price_minor"), row.getString("currency")));
        });
    return prices;
  }

  /**
   * Inserts new orders with their lines, and begins their timelines.
   *
   * @param placedAt of all of them
   */
  void insert(List<Order> orders, Instant placedAt) {
    if (orders.isEmpty()) {
      return;
    }
    var at = placedAt.atOffset(ZoneOffset.UTC);
    var ids = Columns.longs(orders, Order::id);
    var checkouts = Columns.texts(orders, order -> order.details().checkout());
    jdbc.sql(INSERT_ORDERS)
        .param("placedAt", at)
        .param("announceAfter", properties.announceAgainAfter().toMillis())
        .param("ids", ids)
        .param("customers", Columns.texts(orders, o -> o.details().customerId()))
        .param("totals", Columns.longs(orders, o -> o.total().minor()))
        .param("currencies", Columns.texts(orders, o -> o.total().currency().getCurrencyCode()))
        .param("methods", Columns.texts(orders, o -> o.details().method().name()))
        .param("checkouts", checkouts)
        .param("traceparents", Columns.texts(orders, Order::traceparent))
        .update();
    insertLines(orders);
    jdbc.sql(INSERT_HISTORY)
        .param("at", at)
        .param("ids", ids)
        .param("checkouts", checkouts)
        .update();
  }

  private record PlacedLine(long orderId, int position, OrderLine line) {}

  private void insertLines(List<Order> orders) {
    var lines =
        orders.stream()
            .flatMap(order ->
                IntStream.range(0, order.lines().size())
                    .mapToObj(i -> new PlacedLine(order.id(), i, order.lines().get(i))))
            .toList();
    jdbc.sql(INSERT_LINES)
        .param("orders", Columns.longs(lines, PlacedLine::orderId))
        .param("positions", Columns.ints(lines, PlacedLine::position))
        .param("skus", Columns.texts(lines, l -> l.line().sku()))
        .param("quantities", Columns.ints(lines, l -> l.line().quantity()))
        .param("prices", Columns.longs(lines, l -> l.line().unitPrice().minor()))
        .update();
  }
}
