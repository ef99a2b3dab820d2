package dev.mall.messaging;

import dev.mall.contracts.Message;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that came in, with what travelled in its headers.
 *
 * @param id the same on every repeat
 * @param causationId the message that this one answers or follows from
 * @param traceparent W3C trace context of the work on this message; null if nobody traces it
 * @param createdAt the sender's clock; for people and for the horizon, never for ordering
 */
public record Received<M extends Message>(
    UUID id,
    M message,
    @Nullable UUID causationId,
    @Nullable String traceparent,
    Instant createdAt) {}
