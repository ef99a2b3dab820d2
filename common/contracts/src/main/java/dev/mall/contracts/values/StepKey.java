package dev.mall.contracts.values;

/**
 * Names one request of a saga for good: participants store their decision under it, and a command
 * that comes again under the same key gets the same reply again.
 *
 * @param step the step's or compensation's name in the saga's definition
 * @param round counts from 1; a new round asks anew, because an operator wants it asked anew
 */
public record StepKey(long orderId, String step, int round) {}
