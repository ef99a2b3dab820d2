package dev.mall.messaging.outbox.relay;

import dev.mall.messaging.operator.ActingOperator;
import dev.mall.messaging.outbox.relay.OutboxQuarantine.Quarantined;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** {@code /actuator/outboxquarantine}: messages that Kafka refuses, to be sent again or deleted. */
@Endpoint(id = "outboxquarantine")
final class QuarantineEndpoint {

  private static final Logger log = LoggerFactory.getLogger(QuarantineEndpoint.class);

  private static final int LISTED = 200;

  private final OutboxQuarantine quarantine;

  QuarantineEndpoint(OutboxQuarantine quarantine) {
    this.quarantine = quarantine;
  }

  /**
   * @param rows messages in quarantine, in the database that all replicas share
   * @param oldest the first 200 of them
   */
  record View(long rows, List<Quarantined> oldest) {}

  @ReadOperation
  View quarantine() {
    return new View(quarantine.count(), quarantine.list(LISTED));
  }

  /**
   * Has a message sent again, after whatever made Kafka refuse it was mended.
   *
   * @param who the operator's name; not used where the service judges tokens
   */
  @WriteOperation
  WebEndpointResponse<Void> release(
      SecurityContext security, @Selector long number, @Nullable String who, String why) {
    var operator = ActingOperator.name(security, who);
    return answer(quarantine.release(number), number, "released", operator, why);
  }

  /**
   * Deletes a message unsent.
   *
   * @param who the operator's name; not used where the service judges tokens
   */
  @DeleteOperation
  WebEndpointResponse<Void> discard(
      SecurityContext security, @Selector long number, @Nullable String who, String why) {
    var operator = ActingOperator.name(security, who);
    return answer(quarantine.discard(number), number, "discarded", operator, why);
  }

  private static WebEndpointResponse<Void> answer(
      boolean found, long number, String act, String operator, String why) {
    if (!found) {
      return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
    }
    log.warn("Row {} of the outbox's quarantine was {} by {}: {}", number, act, operator, why);
    return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT);
  }
}
