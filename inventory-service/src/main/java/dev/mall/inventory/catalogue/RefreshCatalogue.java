package dev.mall.inventory.catalogue;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.data.domain.Limit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes the catalogue periodically, page by page, so that every copy converges even if Kafka
 * loses messages. All replicas share one pass; a page waits until the relay has sent the one
 * before, so an outage of Kafka does not fill the outbox.
 */
@Component
class RefreshCatalogue {

  private static final Logger log = LoggerFactory.getLogger(RefreshCatalogue.class);

  private static final String CLAIM =
      """
      select after_sku from catalogue_refresh
       where due <= clock_timestamp()
         and not exists (select from outbox where number = announced)
         for update skip locked
      """;

  private static final String ANNOUNCED =
      """
      update catalogue_refresh
         set after_sku = :last, announced = (select max(number) from outbox),
             due = clock_timestamp() + :millis * interval '1 millisecond'
      """;

  private static final String ENDED =
      """
      update catalogue_refresh
         set after_sku = :last, due = clock_timestamp() + :millis * interval '1 millisecond'
      """;

  private final Products products;
  private final Announcements announcements;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final CatalogueProperties properties;
  private final ApplicationEventPublisher events;

  RefreshCatalogue(
      Products products,
      Announcements announcements,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      CatalogueProperties properties,
      ApplicationEventPublisher events) {
    this.products = products;
    this.announcements = announcements;
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.properties = properties;
    this.events = events;
  }

  @Scheduled(fixedDelayString = "${mall.catalogue.refresh-pause:1s}")
  void refresh() {
    try {
      transaction.executeWithoutResult(_ -> announceNextPage());
    } catch (DataAccessException | TransactionException unavailable) {
      log.warn("Cannot publish the catalogue, retrying later: {}", unavailable.getMessage());
    }
  }

  /** Published in the transaction. */
  record ProductsRefreshed(int count) {}

  private void announceNextPage() {
    jdbc.sql(CLAIM).query(String.class).optional().ifPresent(this::announceAfter);
  }

  private void announceAfter(String sku) {
    var page =
        products.lockAfter(sku, Limit.of(properties.refreshPage())).stream()
            .map(Product::entry)
            .toList();
    if (page.isEmpty()) {
      update(ENDED, "", properties.refreshEvery());
    } else {
      announcements.announce(page);
      update(ANNOUNCED, page.getLast().sku(), properties.refreshPause());
      events.publishEvent(new ProductsRefreshed(page.size()));
    }
  }

  private void update(String sql, String last, Duration pause) {
    jdbc.sql(sql).param("last", last).param("millis", pause.toMillis()).update();
  }
}
