package dev.mall.messaging.consumer;

import dev.mall.messaging.operator.ActingOperator;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@code /actuator/consumers}: which consumers of this replica make progress, and a way on for one
 * that pauses because of its messages.
 */
@Endpoint(id = "consumers")
final class ConsumersEndpoint {

  private static final Logger log = LoggerFactory.getLogger(ConsumersEndpoint.class);

  private static final int MOST = 10_000;

  private final ConsumerRegistry registry;

  ConsumersEndpoint(ConsumerRegistry registry) {
    this.registry = registry;
  }

  /** By the consumers' names. */
  @ReadOperation
  Map<String, ConsumerProgress.View> consumers() {
    return registry.consumers().stream()
        .collect(Collectors.toMap(ConsumerProgress::name, ConsumerProgress::view));
  }

  /**
   * Dead-letters the next messages that fail, for any failure.
   *
   * @param security names the operator where the service judges tokens
   * @param consumer its name
   * @param giveUp how many messages may be given up, up to 10,000; zero takes back what is left
   * @return the consumer; null if there is none of this name
   */
  @WriteOperation
  ConsumerProgress.@Nullable View giveUp(
      SecurityContext security, @Selector String consumer, int giveUp) {
    if (giveUp < 0 || giveUp > MOST) {
      throw new InvalidEndpointRequestException(
          "giveUp must be between 0 and " + MOST, "giveUp is out of range");
    }
    return registry.consumers().stream()
        .filter(progress -> progress.name().equals(consumer))
        .findFirst()
        .map(progress -> {
          log.warn(
              "{} has {} messages of {} given up that fail",
              ActingOperator.subject(security).orElse("An operator"),
              giveUp,
              consumer);
          progress.excuse(giveUp);
          return progress.view();
        })
        .orElse(null);
  }
}
