package dev.mall.inventory.stock.receipt;

import java.time.Instant;

/** Pieces that came in. */
public record Receipt(String sku, int quantity, Instant bookedAt) {}
