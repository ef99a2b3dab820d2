package dev.mall.inventory.stock;

import java.util.OptionalLong;
import java.util.Set;

/**
 * What the locks of a batch are worth: a row of one of {@code skus} that a greater token wrote
 * already is not written any more.
 *
 * @param token empty if the locks were not to be had; then nothing is fenced off
 * @param skus what was locked; other rows' tokens say nothing about this batch
 */
public record Fence(OptionalLong token, Set<String> skus) {

  static final Fence NONE = new Fence(OptionalLong.empty(), Set.of());

  /** The token to write the row with; 0 for none. */
  long tokenFor(String sku) {
    return skus.contains(sku) ? token.orElse(0) : 0;
  }
}
