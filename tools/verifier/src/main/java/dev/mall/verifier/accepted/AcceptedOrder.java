package dev.mall.verifier.accepted;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An order that a customer was told is accepted.
 *
 * @param key the Idempotency-Key it was sent with, if there was one
 * @param id of the order
 * @param at when the answer came, by the clock of whoever asked
 */
public record AcceptedOrder(
    @JsonProperty(required = true) String customerId,
    @Nullable String key,
    @JsonProperty(required = true) String id,
    @Nullable String at) {}
