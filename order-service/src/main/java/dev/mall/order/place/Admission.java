package dev.mall.order.place;

import dev.mall.messaging.database.TimeFloor;
import dev.mall.order.OrderProperties;
import dev.mall.order.OrderRefused;
import dev.mall.order.catalogue.CatalogueReadiness;
import dev.mall.order.declines.DeclinedPayments;
import dev.mall.runtime.Sampling;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Admits new orders only while there are prices and the number of open orders is below a limit, and
 * none of customers whose payments are declined one after the other. Open orders are counted at
 * intervals; in between each replica adds those that it places. So the limit is soft: it is
 * exceeded by the orders that are being placed when it is reached, and by those of other replicas
 * between two counts.
 */
@Component
class Admission {

  /** Counts up to the limit, on the index of pending orders. */
  static final String OPEN =
      """
      select c.now, o.open, o.earliest
        from (select clock_timestamp() as now offset 0) as c
       cross join lateral (
              select count(*)::int as open, min(announce_next) as earliest
                from (select announce_next
                        from orders
                       where status = 'PENDING'
                         and announce_next >= least(:floor, c.now - :slack * interval '1 ms')
                       order by announce_next
                       limit :limit) as pending) as o
      """;

  private final JdbcClient jdbc;
  private final CatalogueReadiness catalogue;
  private final DeclinedPayments declined;
  private final int maxOpen;
  private final AtomicLong placed = new AtomicLong();

  /** Difference between {@link #placed} and the open orders, as of the last count. */
  private volatile long closed;

  private final Sampling sampling;
  private final TimeFloor floor;

  Admission(
      JdbcClient jdbc,
      CatalogueReadiness catalogue,
      DeclinedPayments declined,
      OrderProperties properties,
      TimeFloor floor,
      MeterRegistry meters) {
    this.jdbc = jdbc;
    this.catalogue = catalogue;
    this.declined = declined;
    this.maxOpen = properties.maxOpen();
    this.sampling = new Sampling(Duration.ZERO);
    this.floor = floor;
    Gauge.builder("mall.orders.open", this, Admission::open)
        .description("Pending orders, counted up to mall.orders.max-open")
        .register(meters);
  }

  /**
   * Returns why new orders of each of these customers are refused at present; empty for those whose
   * orders are admitted.
   */
  Function<String, Optional<OrderRefused>> refusals(Collection<String> customers) {
    if (!catalogue.isComplete()) {
      return _ -> Optional.of(new OrderRefused.NoPrices());
    }
    if (open() >= maxOpen) {
      return _ -> Optional.of(new OrderRefused.TooManyOpen());
    }
    var refused = declined.refusals(customers);
    return customer -> Optional.ofNullable(refused.get(customer));
  }

  @TransactionalEventListener
  void on(RequestsAnswered answered) {
    placed.addAndGet(answered.placed().size());
  }

  private long open() {
    return placed.get() - closed;
  }

  @Scheduled(fixedDelayString = "${mall.orders.sample-every:500ms}")
  void count() {
    if (sampling.isDue()) {
      long before =
          placed.get(); // orders placed during the count may be counted twice, never missed
      closed = before - sampling.read(this::counted);
    }
  }

  private int counted() {
    return jdbc.sql(OPEN)
        .param("floor", floor.value())
        .param("slack", floor.slackMillis())
        .param("limit", maxOpen)
        .query((row, _) -> {
          var earliest = Optional.ofNullable(row.getObject("earliest", OffsetDateTime.class));
          floor.scanned(
              row.getObject("now", OffsetDateTime.class).toInstant(),
              earliest.map(OffsetDateTime::toInstant));
          return row.getInt("open");
        })
        .single();
  }
}
