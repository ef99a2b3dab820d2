package dev.mall.order;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What is counted about orders. */
@Component
public class OrderMetrics {

  private final MeterRegistry meters;
  private final Counter placed;
  private final Counter announcedAgain;
  private final DistributionSummary gathered;

  OrderMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.placed =
        Counter.builder("mall.orders.placed").description("Orders accepted").register(meters);
    this.announcedAgain =
        Counter.builder("mall.orders.announced.again")
            .description("Announcements of orders that stayed pending too long")
            .register(meters);
    this.gathered =
        DistributionSummary.builder("mall.orders.gathered")
            .description("Requests that shared a transaction")
            .register(meters);
  }

  /**
   * @param requests how many shared the transaction
   * @param orders how many orders came of them
   */
  public void taken(int requests, int orders) {
    gathered.record(requests);
    placed.increment(orders);
  }

  public void refused(OrderRefused why) {
    meters.counter("mall.orders.refused", "why", why.getClass().getSimpleName()).increment();
  }

  /** Counts the orders once the current transaction has committed. */
  public void settledAfterCommit(Collection<OrderState> states) {
    var settled = List.copyOf(states);
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            settled.forEach(OrderMetrics.this::settled);
          }
        });
  }

  private void settled(OrderState state) {
    var reason = state.reason() == null ? "none" : state.reason().name();
    meters
        .counter("mall.orders.settled", "status", state.status().name(), "reason", reason)
        .increment();
  }

  public void announcedAgain(int orders) {
    announcedAgain.increment(orders);
  }
}
