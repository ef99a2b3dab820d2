package dev.mall.messaging.outbox.relay;

import dev.mall.messaging.MessagingProperties;
import dev.mall.messaging.outbox.relay.OutboxPublisher.Failed;
import dev.mall.messaging.outbox.relay.OutboxPublisher.PublishResult;
import dev.mall.messaging.outbox.relay.OutboxStore.ScanRange;
import dev.mall.messaging.outbox.relay.OutboxStore.Waiting;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes rows of the outbox, a limited number of rows and bytes and for a limited time. The
 * statement that reads the next rows removes those that were acknowledged. Used by one thread.
 */
final class OutboxDrain {

  private static final Logger log = LoggerFactory.getLogger(OutboxDrain.class);

  /** No wave begins later than this after the first: by then other keys may have new rows. */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final OutboxStore store;
  private final OutboxPublisher publisher;
  private final OutboxQuarantine quarantine;
  private final Runnable createMissingTopics;
  private final ScanWatermark floor;
  private final Refusals refusals;
  private final int batch;
  private final long maxBytes;
  private final DistributionSummary batchSizes;

  /** Numbers of rows that the broker acknowledged and that may still be in the outbox. */
  private final Set<Long> acknowledged = new HashSet<>();

  private boolean caughtUp;
  private volatile @Nullable Failure lastFailure;
  private volatile Set<String> heldTopics = Set.of();

  /**
   * The bounds of a drain.
   *
   * @param transactionTimeout time after which no transaction that appended rows is still open
   * @param rows read at most per scan
   * @param bytes read at most per scan
   * @param quarantineAfter refusals of a row until it is quarantined
   */
  record Limits(Duration transactionTimeout, int rows, long bytes, int quarantineAfter) {

    static Limits of(MessagingProperties messaging, OutboxProperties outbox) {
      return new Limits(
          messaging.transactionTimeout(),
          messaging.relayBatch(),
          outbox.maxBytes().toBytes(),
          outbox.quarantineAfter());
    }
  }

  OutboxDrain(
      OutboxStore store,
      OutboxPublisher publisher,
      OutboxQuarantine quarantine,
      Runnable createMissingTopics,
      Limits limits,
      MeterRegistry meters) {
    this.store = store;
    this.publisher = publisher;
    this.quarantine = quarantine;
    this.createMissingTopics = createMissingTopics;
    this.floor = new ScanWatermark(limits.transactionTimeout(), System.nanoTime());
    this.refusals = new Refusals(limits.quarantineAfter());
    this.batch = limits.rows();
    this.maxBytes = limits.bytes();
    this.batchSizes =
        DistributionSummary.builder("mall.outbox.batch")
            .description("Messages published per scan of the outbox")
            .register(meters);
  }

  /** Why an attempt to ship something failed, and when, on this machine's clock. */
  record Failure(String message, Instant at) {}

  @Nullable Failure lastFailure() {
    return lastFailure;
  }

  void failed(Exception failure) {
    lastFailure = new Failure(String.valueOf(failure.getMessage()), Instant.now());
  }

  /** Topics that were left out of the last drain. */
  Set<String> heldTopics() {
    return heldTopics;
  }

  /**
   * Whether the last run sent all there was, so that the next one is due when something commits.
   */
  boolean isCaughtUp() {
    return caughtUp;
  }

  /** Whether rows that were sent wait for their removal. */
  boolean hasAcknowledged() {
    return !acknowledged.isEmpty();
  }

  /**
   * Publishes some of what waits.
   *
   * @param mayGoOn asked before each wave
   * @return how many rows were sent or quarantined
   */
  int run(BooleanSupplier mayGoOn) throws InterruptedException {
    caughtUp = false;
    settle(publisher.arrived());
    heldTopics = publisher.unavailable();
    var before = System.nanoTime();
    long bytes = maxBytes - publisher.bytesInFlight();
    var rows = scan(new ScanRange(floor.value(), batch, bytes, heldTopics));
    int gone = rows.isEmpty() ? 0 : publish(rows, mayGoOn);
    if (heldTopics.isEmpty() && gone == rows.size()) {
      boolean whole = rows.size() < batch && rows.stream().mapToLong(Waiting::bytes).sum() < bytes;
      floor.emptied(rows.isEmpty() ? 0 : rows.getLast().number(), whole, before);
      caughtUp = whole;
    }
    return gone;
  }

  /** A failed removal is tried again by the next scan; no row is sent twice for it. */
  private List<Waiting> scan(ScanRange range) {
    if (acknowledged.isEmpty()) {
      return store.scan(range);
    }
    var rows = store.remove(acknowledged, range);
    acknowledged.clear();
    return rows;
  }

  /** Removes what was acknowledged without waiting for the next scan. */
  void removeAcknowledged() {
    if (!acknowledged.isEmpty()) {
      store.remove(acknowledged);
      acknowledged.clear();
    }
  }

  private int publish(List<Waiting> rows, BooleanSupplier mayGoOn) throws InterruptedException {
    var heldKeys = new HashSet<String>();
    long until = System.nanoTime() + LONGEST.toNanos();
    int gone = 0;
    for (var wave : OutboxStore.waves(rows)) {
      if (System.nanoTime() - until >= 0) {
        break;
      }
      if (!mayGoOn.getAsBoolean()) {
        removeAcknowledged(); // or the next leader sends these again
        break;
      }
      var result = publisher.publish(wave, heldKeys);
      wave.stream()
          .filter(row -> !result.sent().contains(row.number()))
          .forEach(row -> heldKeys.add(row.row().key()));
      gone += settle(result);
    }
    if (gone > 0) {
      batchSizes.record(gone);
    }
    return gone;
  }

  /** Notes what was sent, puts aside what never can be, and returns how many rows these were. */
  int settle(PublishResult result) {
    if (!result.sent().isEmpty()) {
      acknowledged.addAll(result.sent());
      result.sent().forEach(refusals::forget);
      lastFailure = null;
    }
    if (!result.failed().isEmpty()) {
      explain(result.failed());
    }
    var hopeless = refusals.exhausted(result.failed());
    quarantine.add(hopeless);
    hopeless.forEach(failed -> refusals.forget(failed.row().number()));
    return result.sent().size() + hopeless.size();
  }

  private void explain(List<Failed> failures) {
    var first = failures.getFirst();
    failed(first.cause());
    log.warn(
        "{} rows of the outbox were not sent, the first is {} for {}: {}",
        failures.size(),
        first.row().number(),
        first.row().row().topic(),
        first.cause().toString());
    if (!failures.stream().allMatch(failed -> Refusals.isAboutTheRow(failed.cause()))) {
      createMissingTopics.run(); // a broker that came back empty has lost its topics, too
    }
  }
}
