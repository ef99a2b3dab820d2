package dev.mall.saga.operator.deadletters;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** How many dead letters nobody has looked at yet. */
@Component
class DeadLetterGauge implements MeterBinder {

  private static final Logger log = LoggerFactory.getLogger(DeadLetterGauge.class);

  private static final Duration FRESH = Duration.ofSeconds(5);

  private final JdbcClient jdbc;
  private long known;
  private long readAt = System.nanoTime() - FRESH.toNanos();

  DeadLetterGauge(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    Gauge.builder("mall.dead.letters.waiting", this::waiting)
        .description("Dead letters that wait for somebody to send them again or discard them")
        .register(meters);
  }

  /** While the database is away the last count stays: none at all would look like no trouble. */
  private synchronized long waiting() {
    if (System.nanoTime() - readAt >= FRESH.toNanos()) {
      readAt = System.nanoTime();
      try {
        known =
            jdbc.sql("select count(*) from dead_letter where status = 'WAITING'")
                .query(Long.class)
                .single();
      } catch (DataAccessException | TransactionException away) {
        log.debug("The dead letters cannot be counted now", away);
      }
    }
    return known;
  }
}
