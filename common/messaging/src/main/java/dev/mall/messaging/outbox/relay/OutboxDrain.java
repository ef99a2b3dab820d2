package dev.mall.messaging.outbox.relay;

import dev.mall.messaging.MessagingProperties;
import dev.mall.messaging.outbox.CommittedRows.Appended;
import dev.mall.messaging.outbox.Outbox.Row;
import dev.mall.messaging.outbox.relay.OutboxPublisher.Failed;
import dev.mall.messaging.outbox.relay.OutboxPublisher.PublishResult;
import dev.mall.messaging.outbox.relay.OutboxStore.ScanRange;
import dev.mall.messaging.outbox.relay.OutboxStore.Waiting;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
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

  /**
   * Longest stay in the outbox of a row that was sent. The next scan, if it comes sooner, removes
   * it at no cost. After a crash it is sent again.
   */
  static final Duration REMOVED_WITHIN = Duration.ofMillis(100);

  /** Sent rows that stay in the outbox at most; an append reads their numbers. */
  private static final int MOST_ACKNOWLEDGED = 64;

  private final OutboxStore store;
  private final OutboxPublisher publisher;
  private final OutboxQuarantine quarantine;
  private final Runnable createMissingTopics;
  private final ScanWatermark floor;
  private final Refusals refusals;
  private final int batch;
  private final long maxBytes;
  private final DistributionSummary batchSizes;
  private final Counter direct;

  /** Numbers of rows that the broker acknowledged and that may still be in the outbox. */
  private final Set<Long> acknowledged = new HashSet<>();

  private long firstAcknowledgedAt;
  private long highestScanned;
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
            .description("Messages published at a time")
            .register(meters);
    this.direct =
        Counter.builder("mall.outbox.direct")
            .description("Messages published from memory, without a scan of the outbox")
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

  /** Every row left in the outbox has a number above this. */
  long floor() {
    return floor.value();
  }

  /**
   * Whether these rows may be sent without a scan: no other row is in the outbox that may have to
   * leave before them. A row below one that a scan has found may have been found, too, and sent.
   */
  boolean knows(List<Appended> commits) {
    settle(publisher.arrived());
    heldTopics = publisher.unavailable();
    if (commits.isEmpty() || !caughtUp || !heldTopics.isEmpty() || removalIsDue()) {
      return false;
    }
    var known = new HashSet<>(acknowledged);
    commits.forEach(commit -> known.addAll(commit.rows().keySet()));
    return commits.stream()
        .allMatch(commit ->
            commit.rows().firstKey() > highestScanned && known.containsAll(commit.earlier()));
  }

  private boolean removalIsDue() {
    return acknowledged.size() >= MOST_ACKNOWLEDGED
        || (!acknowledged.isEmpty()
            && System.nanoTime() - firstAcknowledgedAt >= REMOVED_WITHIN.toNanos());
  }

  /**
   * Publishes rows that are {@linkplain #knows known} to be next. Those that fail are left to a
   * scan.
   */
  int run(List<Appended> commits, BooleanSupplier mayGoOn) throws InterruptedException {
    var rows = new TreeMap<Long, Row>();
    commits.forEach(commit -> rows.putAll(commit.rows()));
    var waiting = new ArrayList<Waiting>();
    rows.forEach((number, row) -> waiting.add(new Waiting(number, row)));
    int gone = publish(waiting, mayGoOn);
    direct.increment(gone);
    caughtUp = gone == waiting.size();
    return gone;
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
    long highestRemoved = acknowledged.stream().mapToLong(Long::longValue).max().orElse(0);
    var rows = scan(new ScanRange(floor.value(), batch, bytes, heldTopics));
    long last = rows.isEmpty() ? 0 : rows.getLast().number();
    highestScanned = LongStream.of(highestScanned, highestRemoved, last).max().getAsLong();
    int gone = rows.isEmpty() ? 0 : publish(rows, mayGoOn);
    if (heldTopics.isEmpty() && gone == rows.size()) {
      boolean whole = rows.size() < batch && rows.stream().mapToLong(Waiting::bytes).sum() < bytes;
      floor.emptied(whole ? Math.max(last, highestRemoved) : last, whole, before);
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
      if (acknowledged.isEmpty()) {
        firstAcknowledgedAt = System.nanoTime();
      }
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
        "{} rows of the outbox not sent, retrying, first {} for {}: {}",
        failures.size(),
        first.row().number(),
        first.row().row().topic(),
        first.cause().toString());
    if (!failures.stream().allMatch(failed -> Refusals.isAboutTheRow(failed.cause()))) {
      createMissingTopics.run(); // a broker that came back empty has lost its topics, too
    }
  }
}
