package dev.mall.inventory.stock;

import java.time.Instant;

/** Pieces that came in. */
public record Receipt(String sku, int quantity, Instant bookedAt) {}
