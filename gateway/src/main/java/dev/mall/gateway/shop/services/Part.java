package dev.mall.gateway.shop.services;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A part of a page that one service answers for, so that the page is shown without it.
 *
 * @param value absent if the service did not answer
 * @param complaint the reason then, for people; else empty
 */
public record Part<T>(@Nullable T value, String complaint) {

  /** Asks a service; a silent one leaves the part empty. */
  public static <T> Part<T> of(Supplier<T> question) {
    try {
      return new Part<>(question.get(), "");
    } catch (ServiceSilence silence) {
      return new Part<>(null, String.valueOf(silence.getMessage()));
    }
  }

  public boolean isPresent() {
    return value != null;
  }

  /** The value, or what stands for a missing one. */
  public T or(T other) {
    return Objects.requireNonNullElse(value, other);
  }

  public <V> Part<V> map(Function<T, V> view) {
    return new Part<>(value == null ? null : view.apply(value), complaint);
  }
}
