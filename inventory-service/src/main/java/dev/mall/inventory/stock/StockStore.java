package dev.mall.inventory.stock;

import dev.mall.messaging.consumer.failure.StaleWriteException;
import dev.mall.runtime.Columns;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code stock}. */
@Repository
class StockStore {

  private static final String FIND =
      "select sku, on_hand, reserved, received, sold from stock where sku = :sku";

  private static final String FIND_ALL =
      """
      select sku, on_hand, reserved, received, sold
        from stock
       where sku = any(:skus)
       order by sku
      """;

  private static final String LOCK =
      """
      select sku, on_hand, reserved, received, sold
        from stock
       where sku = any(:skus)
       order by sku
         for no key update
      """;

  private static final String WRITE =
      """
      update stock s
         set on_hand = s.on_hand - c.sold,
             reserved = s.reserved + c.reserved,
             sold = s.sold + c.sold,
             fence = greatest(s.fence, c.token)
        from unnest(:skus, :reserved, :sold, :tokens) as c (sku, reserved, sold, token)
       where s.sku = any(:skus)
         and s.sku = c.sku and (c.token = 0 or s.fence <= c.token)
      """;

  private final JdbcClient jdbc;
  private final Counter fenced;

  StockStore(JdbcClient jdbc, MeterRegistry meters) {
    this.jdbc = jdbc;
    this.fenced =
        Counter.builder("mall.stock.fenced")
            .description("Transactions rolled back because a later lock had written the stock")
            .register(meters);
  }

  Optional<StockLevel> find(String sku) {
    return jdbc.sql(FIND).param("sku", sku).query(StockStore::level).optional();
  }

  /** Reads, in SKU order, those of {@code skus} that exist. */
  List<StockLevel> find(Collection<String> skus) {
    return jdbc.sql(FIND_ALL).param("skus", Columns.texts(skus)).query(StockStore::level).list();
  }

  /** Locks, in SKU order, those of {@code skus} that exist. */
  List<StockLevel> locked(Collection<String> skus) {
    return jdbc.sql(LOCK).param("skus", Columns.texts(skus)).query(StockStore::level).list();
  }

  /**
   * Changes rows that are locked.
   *
   * @throws StaleWriteException if a row was written under a greater token than {@code fence}'s:
   *     the lease expired and another replica took the lock
   */
  void write(List<StockChange> changes, Fence fence) {
    if (changes.isEmpty()) {
      return;
    }
    int written =
        jdbc.sql(WRITE)
            .param("skus", Columns.texts(changes, StockChange::sku))
            .param("reserved", Columns.longs(changes, StockChange::reserved))
            .param("sold", Columns.longs(changes, StockChange::sold))
            .param("tokens", Columns.longs(changes, change -> fence.tokenFor(change.sku())))
            .update();
    if (written < changes.size()) {
      fenced.increment();
    }
    StaleWriteException.unless(changes.size(), written, "stock rows");
  }

  void open(String sku) {
    jdbc.sql("insert into stock (sku) values (:sku)").param("sku", sku).update();
  }

  private static StockLevel level(ResultSet row, int number) throws SQLException {
    return new StockLevel(
        row.getString("sku"),
        row.getLong("on_hand"),
        row.getLong("reserved"),
        row.getLong("received"),
        row.getLong("sold"));
  }
}
