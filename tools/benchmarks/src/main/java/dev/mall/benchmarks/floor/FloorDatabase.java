package dev.mall.benchmarks.floor;

import dev.mall.benchmarks.load.Assortment;
import dev.mall.benchmarks.measure.OrderCounts;
import dev.mall.benchmarks.usage.UsageReader;
import dev.mall.embedded.EmbeddedPostgres;
import dev.mall.embedded.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The server and the database of the yardsticks. */
final class FloorDatabase implements AutoCloseable {

  static final String NAME = "floor";

  private static final int PIECES = 1_000_000_000;
  private static final long WEALTH_MINOR = 1_000_000_000_000L;
  private static final long POVERTY_MINOR = 1;

  private static final String VIOLATIONS =
      """
      select 'ledger and wallets disagree about ' || w.customer_id
        from wallet w
        left join (select debit_account, sum(amount_minor) as spent
                     from ledger_transaction where kind = 'CHARGE' group by debit_account) l
               on l.debit_account = 'wallet:' || w.customer_id
       where w.balance_minor + coalesce(l.spent, 0) not in (:wealth, :poverty)
      union all
      select 'stock and reservations disagree about ' || s.sku
        from stock s
        left join (select l.sku, sum(l.quantity) as sold
                     from reservation_line l join reservation r using (order_id)
                    where r.state = 'COMMITTED' group by l.sku) r using (sku)
       where s.sold <> coalesce(r.sold, 0)
      union all
      select 'order ' || o.id || ' is not what its payment and its notification say'
        from orders o
        left join payment p on p.order_id = o.id
        left join notification n on n.order_id = o.id and n.outcome = o.status
       where n.order_id is null or p.state is null
          or (o.status = 'CONFIRMED') <> (p.state = 'CHARGED')
      limit 5
      """;

  private final EmbeddedPostgres postgres;

  FloorDatabase(Path directory) {
    postgres = new EmbeddedPostgres(Place.lasting(directory, 0));
  }

  void start() {
    postgres.start();
    postgres.createDatabase(NAME);
    jdbc().sql(schema()).update();
  }

  private static String schema() {
    try (var schema = FloorDatabase.class.getResourceAsStream("/floor/schema.sql")) {
      return new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  DataSource dataSource() {
    return postgres.dataSource(NAME);
  }

  private JdbcClient jdbc() {
    return JdbcClient.create(dataSource());
  }

  /** The environment of a service that uses this database. */
  Map<String, String> environment() {
    return Map.of(
        "SPRING_DATASOURCE_URL", postgres.jdbcUrl(NAME),
        "SPRING_DATASOURCE_USERNAME", NAME,
        "SPRING_DATASOURCE_PASSWORD", postgres.password());
  }

  /** Puts products on offer, and money into wallets; those that exist stay as they are. */
  void open(Assortment assortment) {
    jdbc()
        .sql(
            """
            with offered as (
                   insert into product (sku, name, price_minor, currency)
                   select 'bench-' || n, 'bench-' || n, :price, 'EUR'
                     from generate_series(0, :skus - 1) as n
                   on conflict do nothing
                   returning sku)
            insert into stock (sku, on_hand, received) select sku, :pieces, :pieces from offered
            """)
        .param("price", Assortment.PRICE_MINOR)
        .param("skus", assortment.skus())
        .param("pieces", PIECES)
        .update();
    jdbc()
        .sql(
            """
            insert into wallet (customer_id, currency, balance_minor)
            select :prefix || n, 'EUR', :balance from generate_series(0, :customers - 1) as n
            on conflict do nothing
            """)
        .param("prefix", assortment.customer(0).replaceAll("0$", ""))
        .param("balance", assortment.poor() ? POVERTY_MINOR : WEALTH_MINOR)
        .param("customers", assortment.customers())
        .update();
  }

  OrderCounts counts() throws SQLException {
    return OrderCounts.read(dataSource());
  }

  /** The first few contradictions between the tables. */
  Optional<String> violations() {
    var found =
        jdbc()
            .sql(VIOLATIONS)
            .param("wealth", WEALTH_MINOR)
            .param("poverty", POVERTY_MINOR)
            .query(String.class)
            .list();
    return found.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", found));
  }

  /**
   * @param processes ids by name, beside the server's
   */
  UsageReader usage(Map<String, Long> processes) {
    return new UsageReader(
        processes,
        postgres.process().pid(),
        postgres.adminDataSource("postgres"),
        List.of(NAME),
        () -> 0);
  }

  @Override
  public void close() {
    postgres.close();
  }
}
