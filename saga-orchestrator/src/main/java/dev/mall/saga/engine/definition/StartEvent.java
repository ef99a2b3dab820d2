package dev.mall.saga.engine.definition;

import dev.mall.contracts.Event;
import org.jspecify.annotations.Nullable;

/**
 * The events that start a saga.
 *
 * @param variant of the type's events; null if they have none
 */
record StartEvent<E extends Event>(Class<E> type, @Nullable Enum<?> variant) {

  static StartEvent<?> of(Event event) {
    return new StartEvent<>(event.getClass(), event.variant());
  }
}
