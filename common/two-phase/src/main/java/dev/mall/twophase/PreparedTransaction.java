package dev.mall.twophase;

import java.time.Instant;

/**
 * A transaction that waits for its decision.
 *
 * @param preparedAt on the database's clock
 */
public record PreparedTransaction(long orderId, Instant preparedAt) {}
