package dev.mall.gateway.shop.services;

import dev.mall.gateway.routing.Upstream;
import dev.mall.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** A customer's orders, and what is known of them elsewhere. */
public final class CustomerOrders {

  private static final String REASON = "cancelled in the shop";

  private final ServiceCalls calls;

  public CustomerOrders(ServiceCalls calls) {
    this.calls = calls;
  }

  public record Line(String sku, int quantity, long unitPriceMinor) {}

  /**
   * @param status and {@code cancelReason}, which may be constants of a later release
   */
  public record CustomerOrder(
      String id,
      String status,
      @Nullable String cancelReason,
      long totalMinor,
      String currency,
      List<Line> items,
      Instant placedAt,
      @Nullable Instant settledAt) {

    public Money total() {
      return Money.of(totalMinor, currency);
    }

    public boolean isPending() {
      return status.equals("PENDING");
    }

    public boolean isCancelled() {
      return status.equals("CANCELLED");
    }
  }

  public record CustomerOrderPage(List<CustomerOrder> items, @Nullable String next) {}

  record TimelineStep(String what) {}

  record Timeline(List<TimelineStep> entries) {}

  public record OrderPayment(
      String status,
      long amountMinor,
      long refundedMinor,
      String currency,
      @Nullable String declineReason) {

    public Money amount() {
      return Money.of(amountMinor, currency);
    }
  }

  record OrderPayments(List<OrderPayment> items) {}

  /** The newest orders, or those after {@code cursor}. */
  public CustomerOrderPage page(String token, @Nullable String cursor) {
    return cursor == null
        ? calls.get(Upstream.ORDER, token, CustomerOrderPage.class, "/orders")
        : calls.get(
            Upstream.ORDER, token, CustomerOrderPage.class, "/orders?cursor={cursor}", cursor);
  }

  public CustomerOrder find(String token, String id) {
    return calls.get(Upstream.ORDER, token, CustomerOrder.class, "/orders/{id}", id);
  }

  /** Whether its customer asked to cancel it. */
  public boolean isCancellationRequested(String token, String id) {
    return calls
        .get(Upstream.ORDER, token, Timeline.class, "/orders/{id}/timeline", id)
        .entries()
        .stream()
        .anyMatch(step -> step.what().equals("CANCELLATION_REQUESTED"));
  }

  public Optional<OrderPayment> payment(String token, String id) {
    return calls
        .get(Upstream.PAYMENT, token, OrderPayments.class, "/payments?orderId={id}", id)
        .items()
        .stream()
        .findFirst();
  }

  /**
   * Places an order, once per key.
   *
   * @param quantities by SKU
   * @param totalMinor the total that the customer was shown
   */
  public CustomerOrder place(
      String token, String key, Map<String, Integer> quantities, OptionalLong totalMinor) {
    var items =
        quantities.entrySet().stream()
            .map(line -> new RequestedItem(line.getKey(), line.getValue()))
            .toList();
    var request =
        new OrderRequest(
            items,
            Map.of("method", "WALLET"),
            totalMinor.isPresent() ? totalMinor.getAsLong() : null);
    return calls.call(
        Upstream.ORDER,
        client ->
            client
                .post()
                .uri("/orders")
                .headers(headers -> headers.setBearerAuth(token))
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .body(request)
                .retrieve()
                .body(CustomerOrder.class));
  }

  record RequestedItem(String sku, int quantity) {}

  record OrderRequest(
      List<RequestedItem> items, Map<String, String> payment, @Nullable Long expectedTotalMinor) {}

  /** Asks to cancel an order; a repeated request changes nothing. */
  public CustomerOrder cancel(String token, String id) {
    return calls.call(
        Upstream.ORDER,
        client ->
            client
                .post()
                .uri("/orders/{id}/cancellation", id)
                .headers(headers -> headers.setBearerAuth(token))
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("reason", REASON))
                .retrieve()
                .body(CustomerOrder.class));
  }
}
