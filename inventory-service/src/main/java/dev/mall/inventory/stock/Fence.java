package dev.mall.inventory.stock;

import java.util.OptionalLong;
import java.util.Set;

/**
 * The fencing token of a batch's locks: a row of one of {@code skus} that was written under a
 * greater token rejects the write.
 *
 * @param token empty if the locks were unavailable; then only the row locks protect the stock
 * @param skus what was locked; other rows' tokens say nothing about this batch
 */
public record Fence(OptionalLong token, Set<String> skus) {

  static final Fence NONE = new Fence(OptionalLong.empty(), Set.of());

  /** The token to write the row with; 0 for none. */
  long tokenFor(String sku) {
    return skus.contains(sku) ? token.orElse(0) : 0;
  }
}
