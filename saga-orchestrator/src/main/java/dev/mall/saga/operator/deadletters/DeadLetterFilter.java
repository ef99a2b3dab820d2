package dev.mall.saga.operator.deadletters;

import dev.mall.messaging.envelope.DeadLetter.Cause;
import dev.mall.saga.operator.Where;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters, as query parameters; null means any.
 *
 * @param topic their original topic
 */
public record DeadLetterFilter(
    @Parameter(description = "Only those from this topic.") @Pattern(regexp = DeadLetterFilter.NAME)
        @Nullable String topic,
    @Parameter(description = "Only messages of this type.") @Pattern(regexp = DeadLetterFilter.NAME)
        @Nullable String type,
    @Parameter(description = "Only those about this order.") @Nullable Long orderId,
    @Parameter(description = "Only those that died of this.") @Nullable Cause cause) {

  private static final String NAME = "[A-Za-z0-9._-]{0,249}";

  Where where() {
    return new Where()
        .and(topic, "topic = :topic", "topic")
        .and(type, "type = :type", "type")
        .and(orderId, "order_id = :order", "order")
        .and(cause, "cause = '%s'"::formatted);
  }

  Where where(@Nullable DeadLetterStatus status) {
    return where().and(status, "status = '%s'"::formatted);
  }
}
