package dev.mall.messaging;

import dev.mall.messaging.Shipper.Shipment;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
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
 * Ships what transactions left in the outbox. One replica's relay leads, by a leased row; the
 * others wait for it to give up or to die.
 *
 * <p>Every row is sent at least once. A leader that was stopped past its lease may send again what
 * its successor has sent: consumers tell repeats by their keys.
 */
public final class OutboxRelay implements SmartLifecycle {

  /** Starts before the consumers and ends after them, so that their last replies leave. */
  static final int PHASE = 0;

  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

  private static final String LEASE = "outbox-relay";

  private final OutboxStore store;
  private final Shipper shipper;
  private final Leases leases;
  private final Runnable makeMissingTopics;
  private final MessagingProperties properties;
  private final DistributionSummary batchSizes;
  private final ScanFloor floor;
  private final String holder = UUID.randomUUID().toString();
  private final Semaphore wakeUps = new Semaphore(0);
  private volatile @Nullable Thread thread;
  private volatile @Nullable Failure lastFailure;
  private volatile boolean leading;
  private volatile boolean producerIsStale;
  private @Nullable Long leaseTakenAt;

  OutboxRelay(
      OutboxStore store,
      Shipper shipper,
      Leases leases,
      Runnable makeMissingTopics,
      MessagingProperties properties,
      MeterRegistry meters) {
    this.store = store;
    this.shipper = shipper;
    this.leases = leases;
    this.makeMissingTopics = makeMissingTopics;
    this.properties = properties;
    this.floor = new ScanFloor(properties.transactionTimeout(), System.nanoTime());
    this.batchSizes =
        DistributionSummary.builder("mall.outbox.batch")
            .description("Messages shipped per scan of the outbox")
            .register(meters);
  }

  /** Why an attempt to ship something failed, and when, on this machine's clock. */
  public record Failure(String message, Instant at) {}

  /** The last failure of this replica's relay; null once it has shipped something again. */
  public @Nullable Failure lastFailure() {
    return lastFailure;
  }

  /** Whether this replica's relay ships, or did when it last tried. */
  boolean isLeading() {
    return leading;
  }

  /** Lets the leader look at the outbox now rather than later. Returns at once. */
  void wakeUp() {
    if (leading) { // who begins to lead looks at once
      wakeUps.release();
    }
  }

  /** Ships with a producer of its own from now on, whatever became of the one before. */
  void startAnew() {
    producerIsStale = true;
  }

  private void runUntilStopped() {
    while (isRunning()) {
      try {
        if (producerIsStale) {
          producerIsStale = false;
          shipper.close();
        }
        if (!leads()) {
          await(properties.relayLease().dividedBy(4));
        } else if (drain() == 0) {
          await(properties.relayPollInterval());
        }
      } catch (
          RuntimeException failed) { // whatever it is, the rows are safe and the next try may do
        lastFailure = new Failure(String.valueOf(failed.getMessage()), Instant.now());
        log.warn("The outbox waits: {}", failed.getMessage());
        pauseAfterFailure();
      }
    }
    handOver();
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
   * Ships one batch of what waits.
   *
   * @return how many rows were shipped
   * @throws ShipmentFailedException if some were not; the others were shipped and removed
   */
  int drain() {
    wakeUps.drainPermits();
    var before = System.nanoTime();
    var rows = store.scan(floor.value(), properties.relayBatch());
    if (rows.isEmpty()) {
      floor.emptied(0, true, before);
      return 0;
    }
    var shipment = shipper.ship(rows);
    if (!shipment.sent().isEmpty()) {
      store.remove(shipment.sent());
      batchSizes.record(shipment.sent().size());
    }
    failIfUnsent(shipment);
    floor.emptied(rows.getLast().number(), rows.size() < properties.relayBatch(), before);
    lastFailure = null;
    return rows.size();
  }

  private void failIfUnsent(Shipment shipment) {
    if (shipment.failure() != null) {
      makeMissingTopics.run(); // a broker that came back empty has lost its topics, too
      throw new ShipmentFailedException(shipment.failure());
    }
  }

  private void await(Duration atMost) {
    try {
      wakeUps.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void pauseAfterFailure() {
    try {
      Thread.sleep(properties.relayPollInterval());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void handOver() {
    leading = false; // from here on commits are signalled to the other replicas
    try {
      leases.release(LEASE, holder);
    } catch (DataAccessException | TransactionException away) {
      log.warn("Could not hand over the relay; its lease ends by itself: {}", away.getMessage());
    }
    shipper.close();
  }

  @Override
  public void start() {
    thread = Thread.ofPlatform().daemon().name("outbox-relay").unstarted(this::runUntilStopped);
    thread.start();
  }

  @Override
  public void stop() {
    var running = thread;
    thread = null;
    wakeUps.release();
    try {
      if (running != null && !running.join(properties.relayLease())) {
        running.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  /** Some rows could not be sent; they wait where they are. */
  static final class ShipmentFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ShipmentFailedException(Exception cause) {
      super(cause.getMessage(), cause);
    }
  }
}
