package dev.mall.order.cancel;

import dev.mall.messaging.envelope.LogContext;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.order.OrderRefused;
import dev.mall.order.cancel.Cancellations.ToCancel;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Accepts a customer's request to cancel an order. The order's row is locked, so a request and the
 * settlement of the order happen one after the other: either the settlement finds the request, or
 * the request finds the order settled.
 */
@Service
public class RequestCancellation {

  private static final Logger log = LoggerFactory.getLogger(RequestCancellation.class);

  private final Cancellations cancellations;
  private final CancellationProperties properties;
  private final Outbox outbox;
  private final MeterRegistry meters;

  RequestCancellation(
      Cancellations cancellations,
      CancellationProperties properties,
      Outbox outbox,
      MeterRegistry meters) {
    this.cancellations = cancellations;
    this.properties = properties;
    this.outbox = outbox;
    this.meters = meters;
  }

  /**
   * Stores the request and announces it. A repeated request changes nothing, not even the reason.
   *
   * @param visible whether the caller may see an order of this customer
   * @throws OrderRefused if there is no order that the caller may see, or it cannot be cancelled
   *     any more
   */
  @Transactional
  public void request(long orderId, String reason, Predicate<String> visible) {
    var standing =
        cancellations
            .customerOf(orderId)
            .filter(visible) // before the lock: another customer's order answers as fast as none
            .flatMap(_ -> cancellations.lock(orderId))
            .orElseThrow(() -> new OrderRefused.Unknown(orderId));
    var decision =
        CancellationRules.decide(
            standing.status(), standing.requested(), standing.settledFor(), properties.window());
    meters.counter("mall.orders.cancellations", "decision", decision.name()).increment();
    switch (decision) {
      case CALL_OFF -> accept(standing.order(), reason, standing.order().callOff());
      case RETURN -> accept(standing.order(), reason, standing.order().announcement());
      case REPEATED -> {} // the first reason stays
      case CANCELLED_BEFORE -> throw new OrderRefused.CancelledBefore(orderId);
      case TOO_LATE -> throw new OrderRefused.CancellationWindowOver(properties.window());
    }
  }

  private void accept(ToCancel order, String reason, OutboundMessage event) {
    cancellations.request(order.orderId(), reason);
    outbox.append(List.of(event));
    try (var _ = LogContext.of(order.orderId(), order.traceparent())) {
      log.info("customer cancels the order, announced as {}", event.message());
    }
  }
}
