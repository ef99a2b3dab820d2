package dev.mall.chaos.shop;

import java.util.Map;

/** What a customer wants: pieces by SKU. */
public record RequestedOrder(String customer, Map<String, Integer> items) {}
