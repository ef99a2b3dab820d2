package dev.mall.chaos.shop;

import java.util.Map;

/** An order that a customer places: pieces by SKU. */
public record RequestedOrder(String customer, Map<String, Integer> items) {}
