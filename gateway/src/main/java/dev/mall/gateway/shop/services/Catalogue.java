package dev.mall.gateway.shop.services;

import dev.mall.gateway.routing.Upstream;
import dev.mall.money.Money;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Products and their availability, which are public. */
public final class Catalogue {

  private final ServiceCalls calls;

  public Catalogue(ServiceCalls calls) {
    this.calls = calls;
  }

  public record Product(String sku, String name, long priceMinor, String currency) {

    public Money price() {
      return Money.of(priceMinor, currency);
    }
  }

  public record Products(List<Product> items, @Nullable String next) {}

  record Availability(String sku, long available) {}

  record Availabilities(List<Availability> items) {}

  /** The products after {@code cursor}; the first ones without it. */
  public Products page(@Nullable String cursor, int limit) {
    return cursor == null
        ? calls.get(Upstream.INVENTORY, null, Products.class, "/products?limit={limit}", limit)
        : calls.get(
            Upstream.INVENTORY,
            null,
            Products.class,
            "/products?limit={limit}&cursor={cursor}",
            limit,
            cursor);
  }

  /** Those of {@code skus} that exist, in the same order. */
  public Map<String, Product> named(Collection<String> skus) {
    var found = new LinkedHashMap<String, Product>();
    for (var sku : skus) {
      find(sku).ifPresent(product -> found.put(sku, product));
    }
    return found;
  }

  private Optional<Product> find(String sku) {
    try {
      return Optional.of(
          calls.get(Upstream.INVENTORY, null, Product.class, "/products/{sku}", sku));
    } catch (ServiceRefusal refusal) {
      if (refusal.isUnknown()) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  /** How many pieces of each can be ordered. */
  public Map<String, Long> available(Collection<String> skus) {
    if (skus.isEmpty()) {
      return Map.of();
    }
    var query = skus.stream().map(_ -> "sku={sku}").collect(Collectors.joining("&"));
    return calls
        .get(
            Upstream.INVENTORY,
            null,
            Availabilities.class,
            "/availability?" + query,
            skus.toArray())
        .items()
        .stream()
        .collect(Collectors.toMap(Availability::sku, Availability::available));
  }
}
