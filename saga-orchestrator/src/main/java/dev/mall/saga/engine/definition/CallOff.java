package dev.mall.saga.engine.definition;

import dev.mall.contracts.Event;
import org.jspecify.annotations.Nullable;

/**
 * Who may call a saga off before its pivot, and why it fails then.
 *
 * @param byOperator the reason if an operator does
 * @param event that does; null if none does
 * @param byEvent the reason if the event does
 */
record CallOff(String byOperator, @Nullable Class<? extends Event> event, String byEvent) {}
