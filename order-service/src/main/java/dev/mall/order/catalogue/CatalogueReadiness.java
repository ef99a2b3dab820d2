package dev.mall.order.catalogue;

import dev.mall.contracts.wire.Topics;
import java.time.Clock;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Knows whether our copy of the catalogue has been complete once. From then on it is sold from,
 * whether the broker is there or not: a price may be a little old, as it may always be. A topic
 * that was read to its end while there is no product may be one that Kafka lost, so it does not
 * count.
 */
@Component
public class CatalogueReadiness implements HealthIndicator {

  private static final Logger log = LoggerFactory.getLogger(CatalogueReadiness.class);

  private static final String KNOWN =
      """
      select exists (select from catalogue_read where topic = :topic)
         and exists (select from product)
      """;

  private static final String REMEMBER =
      """
      insert into catalogue_read (topic, to_its_end_at)
      select cast(:topic as text), cast(:at as timestamptz)
       where exists (select from product)
      on conflict do nothing
      """;

  private final JdbcClient jdbc;
  private final TopicProgress progress;
  private final Clock clock;
  private volatile boolean read;
  private volatile boolean complete;

  CatalogueReadiness(JdbcClient jdbc, TopicProgress progress, Clock clock) {
    this.jdbc = jdbc;
    this.progress = progress;
    this.clock = clock;
  }

  /** Whether there are prices to sell at. */
  public boolean isComplete() {
    return complete;
  }

  @Scheduled(fixedDelay = 500)
  void look() {
    if (complete) {
      return;
    }
    if (!knownToBeComplete() && progress.hasReachedItsEnd()) {
      jdbc.sql(REMEMBER)
          .param("topic", Topics.CATALOGUE_EVENTS)
          .param("at", clock.instant().atOffset(ZoneOffset.UTC))
          .update();
      read = true;
    }
    if (knownToBeComplete()) {
      log.info("the catalogue has been read");
      complete = true;
    }
  }

  private boolean knownToBeComplete() {
    return jdbc.sql(KNOWN).param("topic", Topics.CATALOGUE_EVENTS).query(Boolean.class).single();
  }

  /** Up with an empty catalogue, too, or a new mall could not be opened. */
  @Override
  public Health health() {
    if (complete) {
      return Health.up().build();
    }
    return read
        ? Health.up().withDetail("catalogue", "is empty").build()
        : Health.outOfService().withDetail("catalogue", "has not been read yet").build();
  }
}
