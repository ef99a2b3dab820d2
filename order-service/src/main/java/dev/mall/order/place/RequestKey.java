package dev.mall.order.place;

/**
 * An idempotency key, scoped to its customer.
 *
 * @param key 1 to 128 visible ASCII characters
 */
public record RequestKey(String customerId, String key) {}
