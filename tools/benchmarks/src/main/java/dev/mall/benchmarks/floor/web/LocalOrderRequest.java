package dev.mall.benchmarks.floor.web;

import dev.mall.benchmarks.floor.LocalOrder;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.TreeMap;

/** The body of {@code POST /orders}, validated as the mall validates it. */
record LocalOrderRequest(
    @NotNull @Pattern(regexp = "[A-Za-z0-9_-]{1,64}") String customerId,
    @NotNull @Size(min = 1, max = 50) List<@NotNull @Valid Item> items,
    @NotNull @Valid Payment payment) {

  record Item(
      @NotNull @Pattern(regexp = "[A-Za-z0-9._-]{1,64}") String sku,
      @NotNull @Min(1) @Max(999) Integer quantity) {}

  record Payment(@NotNull @Pattern(regexp = "WALLET") String method) {}

  /** Adds up lines of the same product. */
  LocalOrder toOrder(String key) {
    var quantities = new TreeMap<String, Integer>();
    items.forEach(item -> quantities.merge(item.sku(), item.quantity(), Math::addExact));
    var merged =
        quantities.entrySet().stream()
            .map(entry -> new LocalOrder.Item(entry.getKey(), entry.getValue()))
            .toList();
    return new LocalOrder(customerId, key, quantities + payment.method(), merged);
  }
}
