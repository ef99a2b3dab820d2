package dev.mall.order.place;

import dev.mall.order.place.PlacementRules.KnownRequest;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of keys and the orders that their requests became. */
@Repository
class RequestKeys {

  private static final String PATIENCE = "set local lock_timeout = '1s'";

  private static final String FIND =
      """
      select k.customer_id, k.key, k.fingerprint, k.canonical, k.order_id
        from unnest(:customers, :keys) as asked (customer_id, key)
        join request_key k using (customer_id, key)
      """;

  private static final String CLAIM =
      """
      insert into request_key (customer_id, key, fingerprint, canonical, order_id)
      select customer_id, key, fingerprint, canonical, order_id
        from unnest(:customers, :keys, :fingerprints, :canonicals, :orders)
             as k (customer_id, key, fingerprint, canonical, order_id)
       order by customer_id collate "C", key collate "C"
      on conflict do nothing
      returning customer_id, key
      """;

  private final JdbcClient jdbc;

  RequestKeys(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What became of requests that had any of the keys. */
  Map<RequestKey, KnownRequest> known(Collection<RequestKey> keys) {
    var found = new HashMap<RequestKey, KnownRequest>();
    jdbc.sql(FIND)
        .param("customers", keys.stream().map(RequestKey::customerId).toArray(String[]::new))
        .param("keys", keys.stream().map(RequestKey::key).toArray(String[]::new))
        .query(row -> {
          found.put(
              new RequestKey(row.getString("customer_id"), row.getString("key")),
              new KnownRequest(
                  new Fingerprint(row.getString("fingerprint"), row.getString("canonical")),
                  row.getLong("order_id")));
        });
    return found;
  }

  /**
   * Claims keys for requests. Waits up to a second for whoever is claiming one of them just now.
   *
   * @return the keys that could be claimed; the others belong to somebody who was faster
   * @throws org.springframework.dao.DataAccessException with SQLSTATE 55P03 if that one takes
   *     longer
   */
  Set<RequestKey> claim(Map<RequestKey, KnownRequest> requests) {
    jdbc.sql(PATIENCE).update();
    var claimed = new HashSet<RequestKey>();
    var keys = requests.keySet();
    var known = requests.values();
    jdbc.sql(CLAIM)
        .param("customers", keys.stream().map(RequestKey::customerId).toArray(String[]::new))
        .param("keys", keys.stream().map(RequestKey::key).toArray(String[]::new))
        .param(
            "fingerprints",
            known.stream().map(k -> k.fingerprint().legacy()).toArray(String[]::new))
        .param(
            "canonicals",
            known.stream().map(k -> k.fingerprint().canonical()).toArray(String[]::new))
        .param("orders", known.stream().mapToLong(KnownRequest::orderId).toArray())
        .query(row -> {
          claimed.add(new RequestKey(row.getString("customer_id"), row.getString("key")));
        });
    return claimed;
  }
}
