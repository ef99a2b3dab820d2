package dev.mall.twophase;

import dev.mall.contracts.Event.DecisionAwaited;
import dev.mall.contracts.Event.DecisionAwaited.Participant;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.runtime.BackgroundLoop;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Asks the coordinator about transactions that have been prepared for too long: after a restart,
 * after a vote or a command of phase two was lost, or after the coordinator lost its saga. Depends
 * on no consumer of this service: one that waits for the transaction's locks does not hold it up.
 */
final class AwaitDecisions implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(AwaitDecisions.class);

  private final PreparedTransactions prepared;
  private final Outbox outbox;
  private final TransactionOperations transaction;
  private final Participant participant;
  private final Duration after;
  private final BackgroundLoop loop = new BackgroundLoop("decisions-awaited", this::pauseAndAsk);

  AwaitDecisions(
      PreparedTransactions prepared,
      Outbox outbox,
      TransactionOperations transaction,
      Participant participant,
      Duration after) {
    this.prepared = prepared;
    this.outbox = outbox;
    this.transaction = transaction;
    this.participant = participant;
    this.after = after;
  }

  /** Asks once about each. */
  private void ask() {
    var waiting = prepared.olderThan(after);
    if (!waiting.isEmpty()) {
      log.warn(
          "{} prepared transactions wait for their decision, the oldest since {}; asking again",
          waiting.size(),
          waiting.getFirst().preparedAt());
      transaction.executeWithoutResult(_ ->
          outbox.append(
              waiting.stream()
                  .map(each ->
                      new OutboundMessage(
                          UUID.randomUUID(),
                          new DecisionAwaited(each.orderId(), participant),
                          null,
                          null))
                  .toList()));
    }
  }

  private void pauseAndAsk() throws InterruptedException {
    Thread.sleep(after);
    try {
      ask();
    } catch (DataAccessException | TransactionException unavailable) {
      log.warn("Cannot look for prepared transactions: {}", unavailable.getMessage());
    }
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void stop() {
    loop.stop(Duration.ZERO);
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }
}
