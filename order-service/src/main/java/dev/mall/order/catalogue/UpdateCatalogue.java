package dev.mall.order.catalogue;

import dev.mall.contracts.ProductChanged;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.money.Money;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Maintains this service's copy of the catalogue. */
@Repository
public class UpdateCatalogue {

  private static final String STORE =
      """
      insert into product (sku, version, name, price_minor, currency)
      select * from unnest(:skus, :versions, :names, :prices, :currencies)
      on conflict (sku) do update
         set version = excluded.version, name = excluded.name,
             price_minor = excluded.price_minor, currency = excluded.currency
       where product.version < excluded.version
      """;

  private final JdbcClient jdbc;

  UpdateCatalogue(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Stores changed products; a version older than the stored one changes nothing. */
  @Transactional
  public void handle(List<InboundMessage<ProductChanged>> batch) {
    var latest = latest(batch);
    latest.forEach(product ->
        Money.currency(product.currency())); // an unknown one would fail every order of it
    jdbc.sql(STORE)
        .param("skus", latest.stream().map(ProductChanged::sku).toArray(String[]::new))
        .param("versions", latest.stream().mapToLong(ProductChanged::version).toArray())
        .param("names", latest.stream().map(ProductChanged::name).toArray(String[]::new))
        .param("prices", latest.stream().mapToLong(ProductChanged::priceMinor).toArray())
        .param("currencies", latest.stream().map(ProductChanged::currency).toArray(String[]::new))
        .update();
  }

  /** The newest version of each product, in the order of the SKUs. */
  private static Collection<ProductChanged> latest(List<InboundMessage<ProductChanged>> batch) {
    return batch.stream()
        .map(InboundMessage::message)
        .collect(
            Collectors.toMap(
                ProductChanged::sku,
                Function.identity(),
                BinaryOperator.maxBy(Comparator.comparingLong(ProductChanged::version)),
                TreeMap::new))
        .values();
  }
}
