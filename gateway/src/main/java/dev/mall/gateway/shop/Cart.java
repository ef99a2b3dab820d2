package dev.mall.gateway.shop;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cart of a page, which is in its address, {@code ?item=espresso-cup:2&item=grinder:1}: a link
 * shares it, and the browser's history goes back to an earlier one.
 *
 * @param item SKU and quantity each; the parameter's name
 */
record Cart(
    @Size(max = MOST_LINES, message = "has more lines than a cart can hold")
        @Nullable
            List<@Pattern(regexp = LINE, message = "must be a SKU and a quantity, as cup:2") String>
            item) {

  static final int MOST_LINES = 20;
  static final int MOST_PIECES = 999;
  private static final String LINE = "[A-Za-z0-9._-]{1,64}:[1-9][0-9]{0,2}";

  /** Pieces by SKU, in the order of the address; lines of one SKU are added up. */
  Map<String, Integer> quantities() {
    var quantities = new LinkedHashMap<String, Integer>();
    for (var line : Objects.requireNonNullElse(item, List.<String>of())) {
      int colon = line.lastIndexOf(':');
      quantities.merge(
          line.substring(0, colon),
          Integer.parseInt(line, colon + 1, line.length(), 10),
          (some, more) -> Math.min(some + more, MOST_PIECES));
    }
    return quantities;
  }

  public int pieces() {
    return quantities().values().stream().mapToInt(Integer::intValue).sum();
  }

  public int piecesOf(String sku) {
    return quantities().getOrDefault(sku, 0);
  }

  /** Whether one more piece of the product fits in. */
  public boolean admits(String sku) {
    var quantities = quantities();
    return quantities.containsKey(sku)
        ? quantities.get(sku) < MOST_PIECES
        : quantities.size() < MOST_LINES;
  }

  /** The query of the cart with that many pieces of a product more; none left, and it is out. */
  public String with(String sku, int more) {
    var quantities = quantities();
    quantities.merge(sku, more, Integer::sum);
    quantities.values().removeIf(pieces -> pieces <= 0);
    return query(quantities);
  }

  /** The query of the cart without a product. */
  public String without(String sku) {
    var quantities = quantities();
    quantities.remove(sku);
    return query(quantities);
  }

  /** The query that keeps this cart, with its question mark; empty for an empty cart. */
  public String query() {
    return query(quantities());
  }

  /** The same behind another parameter. */
  public String further() {
    return query().replace('?', '&');
  }

  private static String query(Map<String, Integer> quantities) {
    return quantities.isEmpty()
        ? ""
        : quantities.entrySet().stream()
            .map(line -> "item=%s:%d".formatted(line.getKey(), line.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }
}
