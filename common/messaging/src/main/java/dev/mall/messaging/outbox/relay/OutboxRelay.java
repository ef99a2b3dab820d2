package dev.mall.messaging.outbox.relay;

import dev.mall.messaging.MessagingProperties;
import dev.mall.messaging.outbox.CommittedRows;
import dev.mall.messaging.outbox.relay.OutboxDrain.Failure;
import dev.mall.runtime.BackgroundLoop;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
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

  /** Empty scans in a row after which only commits and the lease cause further ones. */
  private static final int IDLE_AFTER = 4;

  private final OutboxDrain drain;
  private final OutboxPublisher publisher;
  private final CommittedRows committed;
  private final Leases leases;
  private final MessagingProperties properties;
  private final String holder = UUID.randomUUID().toString();
  private final Semaphore wakeUps = new Semaphore(0);
  private final AtomicBoolean scanNeeded = new AtomicBoolean(true);
  private final BackgroundLoop loop =
      new BackgroundLoop("outbox-relay", this::leadOrStandBy, this::handOver);
  private volatile boolean leading;
  private volatile boolean draining;
  private @Nullable Long leaseTakenAt;
  private int emptyScans;

  OutboxRelay(
      OutboxDrain drain,
      OutboxPublisher publisher,
      CommittedRows committed,
      Leases leases,
      MessagingProperties properties) {
    this.drain = drain;
    this.publisher = publisher;
    this.committed = committed;
    this.leases = leases;
    this.properties = properties;
    publisher.onOutcome(this::outcomeArrived);
    committed.onCommit(wakeUps::release);
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
      scanNeeded.set(true);
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
        committed.close();
        drain.removeAcknowledged();
        scanNeeded.set(true);
        await(properties.relayLease().dividedBy(4));
      } else {
        int gone = drain();
        emptyScans = gone == 0 && drain.isCaughtUp() ? emptyScans + 1 : 0;
        if (gone == 0 || drain.isCaughtUp()) {
          await(pause());
        }
      }
    } catch (RuntimeException failed) { // the rows are stored, and the next attempt may succeed
      committed.close();
      scanNeeded.set(true);
      drain.failed(failed);
      log.warn("outbox relay failed, retrying: {}", failed.getMessage());
      Thread.sleep(properties.relayPollInterval());
    }
  }

  /** An idle relay scans when it takes its lease again, unless it is to poll less often. */
  private Duration pause() {
    var poll = properties.relayPollInterval();
    if (drain.hasAcknowledged()) {
      return Collections.min(List.of(poll, OutboxDrain.REMOVED_WITHIN));
    }
    return emptyScans < IDLE_AFTER ? poll : Collections.max(List.of(poll, renewal()));
  }

  private Duration renewal() {
    return properties.relayLease().dividedBy(3);
  }

  private boolean leads() {
    var now = System.nanoTime();
    if (leaseTakenAt != null && now - leaseTakenAt < renewal().toNanos()) {
      return true;
    }
    leaseTakenAt = leases.take(LEASE, holder, properties.relayLease()) ? now : null;
    leading = leaseTakenAt != null;
    return leading;
  }

  /**
   * Publishes some of what waits, for as long as this replica leads: rows that were committed here
   * from memory, if nothing else may wait before them.
   *
   * @return how many rows were sent or quarantined
   */
  int drain() throws InterruptedException {
    wakeUps.drainPermits();
    boolean scan = scanNeeded.getAndSet(false);
    var commits = committed.take();
    BooleanSupplier mayGoOn = () -> loop.isRunning() && leads();
    draining = true;
    try {
      int gone = !scan && drain.knows(commits) ? drain.run(commits, mayGoOn) : drain.run(mayGoOn);
      if (leading && drain.isCaughtUp()) {
        committed.open(drain.floor());
      } else {
        committed.close();
        scanNeeded.set(true);
      }
      return gone;
    } finally {
      draining = false;
      if (publisher.hasUnreadOutcomes()) { // they arrived after the drain's last look
        wakeUp();
      }
    }
  }

  /** A drain reads the outcomes that arrive meanwhile, or looks for them at its end. */
  private void outcomeArrived() {
    if (!draining && publisher.hasUnreadOutcomes()) {
      wakeUp();
    }
  }

  private void await(Duration atMost) throws InterruptedException {
    if (wakeUps.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      wakeUps.drainPermits();
    } else {
      scanNeeded.set(true);
    }
  }

  private void handOver() {
    leading = false; // commits are signalled to the other replicas now
    committed.close(); // the next leader scans for what is dropped
    leaseTakenAt = null;
    try {
      drain.settle(publisher.arrived());
      drain.removeAcknowledged();
      leases.release(LEASE, holder);
    } catch (DataAccessException | TransactionException unavailable) {
      log.warn("relay lease not released, it will expire: {}", unavailable.getMessage());
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
