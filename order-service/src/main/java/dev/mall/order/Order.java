package dev.mall.order;

import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.OrderEvent.PricedLine;
import dev.mall.contracts.values.CheckoutMode;
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
 * @param lines 1 to 50, in the order of the request
 * @param total the sum over {@code lines}; above zero
 * @param placedAt for people; whole microseconds
 * @param traceparent of the request that placed it; null if that was not traced
 */
public record Order(
    long id,
    Details details,
    List<OrderLine> lines,
    Money total,
    Instant placedAt,
    @Nullable String traceparent,
    OrderState state) {

  /** The fields that pass from the request through pricing unchanged. */
  public record Details(String customerId, PaymentMethod method, CheckoutMode checkout) {

    /**
     * The text that fingerprints are made of. Stored ones must still match: a new field that is
     * absent, or has the value of all earlier orders, adds nothing.
     */
    public String canonical() {
      var text = customerId + "\n" + method.name();
      return checkout == CheckoutMode.SAGA ? text : text + "\n" + checkout.name();
    }
  }

  /** The same order in a later state. */
  public Order in(OrderState later) {
    return new Order(id, details, lines, total, placedAt, traceparent, later);
  }

  /** Announces that the order was placed, always under the same message id. */
  public OutboundMessage announcement() {
    var id = UUID.nameUUIDFromBytes(("order-placed " + id()).getBytes(StandardCharsets.US_ASCII));
    return new OutboundMessage(id, event(), null, traceparent);
  }

  private OrderPlaced event() {
    return new OrderPlaced(
        id,
        details.customerId(),
        total.minor(),
        total.currency().getCurrencyCode(),
        details.method(),
        lines.stream()
            .map(line -> new PricedLine(line.sku(), line.quantity(), line.unitPrice().minor()))
            .toList(),
        placedAt,
        details.checkout());
  }
}
