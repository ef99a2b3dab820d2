package dev.mall.benchmarks.floor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of placing an order. */
public sealed interface LocalOutcome {

  /**
   * A final order, now or by an earlier request with the same key.
   *
   * @param reason of a cancelled order
   */
  record Placed(long id, String status, @Nullable String reason, long totalMinor, String currency)
      implements LocalOutcome {}

  /** The key belongs to a request with another content. */
  record KeyReused() implements LocalOutcome {}

  record UnknownProducts(List<String> skus) implements LocalOutcome {}
}
