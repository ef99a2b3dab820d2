package dev.mall.contracts;

import org.jspecify.annotations.Nullable;

/** A fact that other services may react to; it has no reply. */
public sealed interface Event extends Message permits OrderEvent, ProductChanged {

  /**
   * Distinguishes events of one type that start different sagas; null if all start the same one.
   */
  default @Nullable Enum<?> variant() {
    return null;
  }
}
