package dev.mall.inventory.stock.receipt;

import java.time.Instant;

/** A delivery that was booked. */
public record Receipt(String sku, int quantity, Instant bookedAt) {}
