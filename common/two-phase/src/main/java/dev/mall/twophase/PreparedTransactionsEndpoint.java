package dev.mall.twophase;

import dev.mall.messaging.operator.ActingOperator;
import dev.mall.twophase.PreparedTransactions.Outcome;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * {@code /actuator/preparedtransactions}: transactions that wait for their decision, to be decided
 * by an operator if the coordinator stays down for longer than their locks can be held.
 */
@Endpoint(id = "preparedtransactions")
final class PreparedTransactionsEndpoint {

  private static final Logger log = LoggerFactory.getLogger(PreparedTransactionsEndpoint.class);

  private static final int LISTED = 200;

  private final PreparedTransactions prepared;

  PreparedTransactionsEndpoint(PreparedTransactions prepared) {
    this.prepared = prepared;
  }

  /**
   * @param count all of them
   * @param oldest the first 200
   */
  record View(long count, List<PreparedTransaction> oldest) {}

  @ReadOperation
  View prepared() {
    var all = prepared.olderThan(Duration.ZERO);
    return new View(all.size(), all.stream().limit(LISTED).toList());
  }

  /**
   * Commits the order's transaction, or rolls it back.
   *
   * @param who the operator's name; not used where the service judges tokens
   */
  @WriteOperation
  WebEndpointResponse<Outcome> decide(
      SecurityContext security,
      @Selector long orderId,
      Outcome outcome,
      @Nullable String who,
      String why) {
    var operator = ActingOperator.name(security, who);
    if (why.isBlank()) {
      throw new InvalidEndpointRequestException("why is blank", "why must give a reason");
    }
    return prepared
        .decideByHand(orderId, outcome, operator, why)
        .map(end -> {
          log.warn("Order {} was decided by {}, {}: {}", orderId, operator, end, why);
          return new WebEndpointResponse<>(end);
        })
        .orElseGet(() -> new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND));
  }
}
