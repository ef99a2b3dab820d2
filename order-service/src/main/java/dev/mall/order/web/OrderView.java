package dev.mall.order.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.order.Order;
import dev.mall.order.OrderLine;
import dev.mall.order.OrderStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order in responses.
 *
 * @param id a decimal string: the number exceeds JavaScript's safe integers
 * @param totalMinor minor units of {@code currency}
 * @param cancelReason only on cancelled orders
 * @param settledAt only on orders that are final
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderView(
    String id,
    String customerId,
    OrderStatus status,
    @Schema(description = "Only of cancelled orders.") @Nullable CancelReason cancelReason,
    @Schema(description = "Minor units of `currency`.", example = "2600") long totalMinor,
    @Schema(description = "ISO 4217.", example = "EUR") String currency,
    Payment payment,
    @Schema(description = "The protocol that the order follows.") CheckoutMode checkout,
    List<Item> items,
    Instant placedAt,
    @Schema(description = "Only of orders that are final.") @Nullable Instant settledAt) {

  @Schema(name = "PaymentView")
  record Payment(PaymentMethod method) {}

  @Schema(name = "OrderLineView")
  record Item(String sku, int quantity, long unitPriceMinor) {

    private static Item of(OrderLine line) {
      return new Item(line.sku(), line.quantity(), line.unitPrice().minor());
    }
  }

  static OrderView of(Order order) {
    return new OrderView(
        Long.toString(order.id()),
        order.details().customerId(),
        order.state().status(),
        order.state().reason(),
        order.total().minor(),
        order.total().currency().getCurrencyCode(),
        new Payment(order.details().method()),
        order.details().checkout(),
        order.lines().stream().map(Item::of).toList(),
        order.placedAt(),
        order.state().settledAt());
  }
}
