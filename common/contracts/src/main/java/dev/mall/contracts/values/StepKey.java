package dev.mall.contracts.values;

/**
 * The identity of one request of a saga: participants store their reply under it, and a repeated
 * command with the same key gets the same reply.
 *
 * @param step the step's or compensation's name in the saga's definition
 * @param round counts from 1; a new round is a new request, made because an operator asked for it
 */
public record StepKey(long orderId, String step, int round) {}
