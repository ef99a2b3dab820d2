package dev.mall.order.place;

/**
 * What makes a request the same as another: the customer's own name for it.
 *
 * @param key 1 to 128 visible ASCII characters
 */
public record RequestKey(String customerId, String key) {}
