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
 * Determines whether the copy of the catalogue has been complete once. From then on orders are
 * accepted at its prices, even if the broker is unavailable: a price may be stale at any time. An
 * empty topic does not count as complete, because Kafka may have lost its content.
 */
@Component
public class CatalogueReadiness implements HealthIndicator {

  private static final Logger log = LoggerFactory.getLogger(CatalogueReadiness.class);

  private static final String SAVED =
      """
      select exists (select from catalogue_read where topic = :topic)
         and exists (select from product)
      """;

  private static final String SAVE =
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

  /** Returns whether there are prices to sell at. */
  public boolean isComplete() {
    return complete;
  }

  @Scheduled(fixedDelay = 500)
  void check() {
    if (complete) {
      return;
    }
    if (!savedAsComplete() && progress.hasReachedItsEnd()) {
      jdbc.sql(SAVE)
          .param("topic", Topics.CATALOGUE_EVENTS)
          .param("at", clock.instant().atOffset(ZoneOffset.UTC))
          .update();
      read = true;
    }
    if (savedAsComplete()) {
      log.info("catalogue complete");
      complete = true;
    }
  }

  private boolean savedAsComplete() {
    return jdbc.sql(SAVED).param("topic", Topics.CATALOGUE_EVENTS).query(Boolean.class).single();
  }

  /** Up with an empty catalogue, too: otherwise a new installation would never be ready. */
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
