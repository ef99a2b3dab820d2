package dev.mall.order.web;

import dev.mall.contracts.values.CheckoutMode;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.order.Order;
import dev.mall.order.OrderRefused;
import dev.mall.order.place.PlaceOrder;
import dev.mall.order.place.RequestKey;
import dev.mall.web.input.IdempotencyKey;
import dev.mall.web.problem.FieldError;
import dev.mall.web.problem.Problems;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /orders}.
 *
 * @param customerId of the caller, if it is null
 * @param items 1 to 50 lines; lines of the same SKU are added up
 * @param expectedTotalMinor the total the customer was shown, in minor units; optional
 */
record PlaceOrderRequest(
    @Pattern(regexp = CUSTOMER, message = "must match " + CUSTOMER)
        @Schema(
            description = "Who orders and pays. A customer who sends a token may leave it out.",
            example = "ada")
        @Nullable String customerId,
    @Schema(description = "Lines of the same SKU are added up; at most 999 pieces of each.")
        @NotNull
        @Size(min = 1, max = 50)
        List<@NotNull @Valid Item> items,
    @NotNull @Valid Payment payment,
    @Schema(
            description =
                "The total that the customer was shown, in minor units: the order is refused if it is another. Left out, any total is accepted.",
            example = "2600")
        @Nullable Long expectedTotalMinor) {

  static final String CUSTOMER = "[A-Za-z0-9_-]{1,64}";
  private static final String SKU = "[A-Za-z0-9._-]{1,64}";
  private static final int MOST = 999;

  record Item(
      @NotNull
          @Pattern(regexp = SKU, message = "must match " + SKU)
          @Schema(example = "espresso-cup")
          String sku,
      @NotNull @Min(1) @Max(MOST) @Schema(example = "2") Integer quantity) {}

  record Payment(@NotNull PaymentMethod method) {}

  PlaceOrder toCommand(
      String customer,
      CheckoutMode checkout,
      Optional<IdempotencyKey> key,
      @Nullable String traceparent) {
    return new PlaceOrder(
        new Order.Details(customer, payment.method(), checkout),
        merged(),
        expectedTotalMinor,
        key.map(k -> new RequestKey(customer, k.value())).orElse(null),
        traceparent);
  }

  /** Names each line whose product is not in the catalogue. */
  OrderRefused.UnknownSku refusal(OrderRefused.UnknownSku unknown) {
    var errors =
        IntStream.range(0, items.size())
            .filter(i -> unknown.skus().contains(items.get(i).sku()))
            .mapToObj(i -> new FieldError("items[%d].sku".formatted(i), "is not in the catalogue"))
            .toList();
    return unknown.in(errors);
  }

  private List<PlaceOrder.Item> merged() {
    var quantities = new LinkedHashMap<String, Integer>();
    for (int i = 0; i < items.size(); i++) {
      int sum = quantities.merge(items.get(i).sku(), items.get(i).quantity(), Integer::sum);
      if (sum > MOST) {
        throw Problems.invalid(
            "items[%d].quantity".formatted(i),
            "makes %d of %s together; at most %d".formatted(sum, items.get(i).sku(), MOST));
      }
    }
    return quantities.entrySet().stream()
        .map(e -> new PlaceOrder.Item(e.getKey(), e.getValue()))
        .toList();
  }
}
