package dev.mall.messaging.outbox.relay;

import dev.mall.messaging.MessagingProperties;
import dev.mall.messaging.outbox.relay.OutboxDrain.Failure;
import dev.mall.runtime.BackgroundLoop;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Publishes what transactions left in the outbox. One replica's relay leads, by a leased row; the
 * others wait for it to give up or to die.
 *
 * <p>Every row is sent at least once. A leader that was stopped past its lease may send again what
 * its successor has sent: consumers recognize repeats by their keys.
 */
public final class OutboxRelay implements SmartLifecycle {

  /** Starts before the consumers and ends after them, so that their last replies leave. */
  public static final int PHASE = 0;

  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

  private static final String LEASE = "outbox-relay";

  private final OutboxDrain drain;
  private final OutboxPublisher publisher;
  private final Leases leases;
  private final MessagingProperties properties;
  private final String holder = UUID.randomUUID().toString();
  private final Semaphore wakeUps = new Semaphore(0);
  private final BackgroundLoop loop =
      new BackgroundLoop("outbox-relay", this::leadOrStandBy, this::handOver);
  private volatile boolean leading;
  private @Nullable Long leaseTakenAt;

  OutboxRelay(
      OutboxDrain drain, OutboxPublisher publisher, Leases leases, MessagingProperties properties) {
    this.drain = drain;
    this.publisher = publisher;
    this.leases = leases;
    this.properties = properties;
    publisher.onOutcome(this::wakeUp);
  }

  /** The last failure of this replica's relay; null once it has published something again. */
  @Nullable Failure lastFailure() {
    return drain.lastFailure();
  }

  /** Topics whose rows wait because Kafka does not serve them at present. */
  Set<String> heldTopics() {
    return leading ? drain.heldTopics() : Set.of();
  }

  /** Whether this replica's relay publishes, or did when it last tried. */
  boolean isLeading() {
    return leading;
  }

  /** Lets the leader look at the outbox now rather than later. Returns at once. */
  void wakeUp() {
    if (leading) { // a relay that begins to lead looks at once
      wakeUps.release();
    }
  }

  /**
   * Replaces the producer, from any thread, also while the relay waits for it: rows in flight are
   * sent again by the new one.
   */
  public void restart() {
    publisher.restart();
  }

  private void leadOrStandBy() throws InterruptedException {
    try {
      if (!leads()) {
        await(properties.relayLease().dividedBy(4));
      } else if (drain() == 0) {
        await(properties.relayPollInterval());
      }
    } catch (RuntimeException failed) { // whatever it is, the rows are safe and the next try may do
      drain.failed(failed);
      log.warn("The outbox waits: {}", failed.getMessage());
      Thread.sleep(properties.relayPollInterval());
    }
  }

  private boolean leads() {
    var now = System.nanoTime();
    var third = properties.relayLease().dividedBy(3).toNanos();
    if (leaseTakenAt != null && now - leaseTakenAt < third) {
      return true;
    }
    leaseTakenAt = leases.take(LEASE, holder, properties.relayLease()) ? now : null;
    leading = leaseTakenAt != null;
    return leading;
  }

  /**
   * Publishes some of what waits, for as long as this replica leads.
   *
   * @return how many rows left the outbox
   */
  int drain() throws InterruptedException {
    wakeUps.drainPermits();
    return drain.run(() -> loop.isRunning() && leads());
  }

  private void await(Duration atMost) throws InterruptedException {
    if (wakeUps.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      wakeUps.drainPermits();
    }
  }

  private void handOver() {
    leading = false; // from here on commits are signalled to the other replicas
    leaseTakenAt = null;
    try {
      drain.settle(publisher.arrived());
      leases.release(LEASE, holder);
    } catch (DataAccessException | TransactionException unavailable) {
      log.warn(
          "Could not hand over the relay; its lease ends by itself: {}", unavailable.getMessage());
    }
    publisher.close();
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void stop() {
    loop.stop(properties.relayLease(), wakeUps::release);
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
