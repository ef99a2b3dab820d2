package dev.mall.order;

import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.OrderEvent.PricedLine;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.money.Money;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order.
 *
 * @param lines 1 to 50, in the order in which they were asked for
 * @param total the sum over {@code lines}; above zero
 * @param placedAt for people; whole microseconds
 */
public record Order(
    long id,
    String customerId,
    List<OrderLine> lines,
    Money total,
    PaymentMethod method,
    Instant placedAt,
    OrderState state) {

  /** An order as it begins. */
  public static Order placed(
      long id,
      String customerId,
      List<OrderLine> lines,
      Money total,
      PaymentMethod method,
      Instant at) {
    return new Order(id, customerId, lines, total, method, at, OrderState.PENDING);
  }

  /** The same order later. */
  public Order in(OrderState later) {
    return new Order(id, customerId, lines, total, method, placedAt, later);
  }

  Order withLines(List<OrderLine> others) {
    return new Order(id, customerId, others, total, method, placedAt, state);
  }

  /**
   * Says that the order was placed, always under the same message id.
   *
   * @param traceparent of the request that placed it
   */
  public OutboundMessage announcement(@Nullable String traceparent) {
    var id = UUID.nameUUIDFromBytes(("order-placed " + id()).getBytes(StandardCharsets.US_ASCII));
    return new OutboundMessage(id, event(), null, traceparent);
  }

  private OrderPlaced event() {
    return new OrderPlaced(
        id,
        customerId,
        total.minor(),
        total.currency().getCurrencyCode(),
        method,
        lines.stream()
            .map(line -> new PricedLine(line.sku(), line.quantity(), line.unitPrice().minor()))
            .toList(),
        placedAt);
  }
}
