package dev.mall.messaging.outbox.relay;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/outbox}: what waits to be sent, and why it still does. */
@Endpoint(id = "outbox")
final class OutboxEndpoint {

  private final OutboxStore store;
  private final OutboxRelay relay;

  OutboxEndpoint(OutboxStore store, OutboxRelay relay) {
    this.store = store;
    this.relay = relay;
  }

  /**
   * @param rows messages that wait, in the database that all replicas share
   * @param oldestSeconds how long the oldest has been waiting; zero if none does
   * @param leading whether this replica publishes them; the others stand by
   * @param heldTopics topics of which this replica sends nothing at present, because Kafka does not
   *     serve them
   * @param lastFailure of this replica; null once it has published something again
   */
  record View(
      long rows,
      double oldestSeconds,
      boolean leading,
      Set<String> heldTopics,
      OutboxDrain.@Nullable Failure lastFailure) {}

  @ReadOperation
  View outbox() {
    var backlog = store.backlog();
    return new View(
        backlog.rows(),
        backlog.oldest().toMillis() / 1000.0,
        relay.isLeading(),
        relay.heldTopics(),
        relay.lastFailure());
  }
}
