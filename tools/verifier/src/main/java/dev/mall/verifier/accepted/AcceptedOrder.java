package dev.mall.verifier.accepted;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An order whose acceptance was confirmed to a customer.
 *
 * @param key the Idempotency-Key it was sent with, if there was one
 * @param id of the order
 * @param at when the answer came, by the client's clock
 */
public record AcceptedOrder(
    @JsonProperty(required = true) String customerId,
    @Nullable String key,
    @JsonProperty(required = true) String id,
    @Nullable String at) {}
