package dev.mall.messaging.outbox.relay;

import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.messaging.outbox.relay.OutboxStore.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future.State;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Sends rows to Kafka: never a key's later row before its earlier one was acknowledged, all else at
 * once. A topic that Kafka does not serve delays no other. Used by one thread, except {@link
 * #restart}.
 */
final class OutboxPublisher implements AutoCloseable {

  /** How long a wave waits for its slowest row, which then stays in flight. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** After this no topic is tried that may take {@code max.block.ms}. */
  private static final Duration HANDING_OVER = Duration.ofMillis(800);

  /** Kafka's, if {@code delivery.timeout.ms} is not configured. */
  private static final Duration DEFAULT_DELIVERY_TIMEOUT = Duration.ofMinutes(2);

  /** Time in which the producer reports a row whose delivery timeout has passed. */
  private static final Duration REPORT_MARGIN = Duration.ofSeconds(20);

  private final ProducerFactory<String, byte[]> producers;
  private final MessageCodec codec;
  private final LongSupplier nanoTime;
  private final long stuckAfterNanos;
  private final TopicHolds holds = new TopicHolds();
  private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
  private final Map<Long, Flight> inFlight = new HashMap<>();
  private final Set<String> served = new HashSet<>();
  private volatile @Nullable Producer<String, byte[]> producer;
  private volatile Runnable wakeUp = () -> {};
  private long lastAcknowledged;
  private boolean stale;

  /**
   * @param producers whose producers, when reset, are closed without waiting for what they hold
   */
  OutboxPublisher(ProducerFactory<String, byte[]> producers, MessageCodec codec) {
    this(producers, codec, System::nanoTime);
  }

  OutboxPublisher(
      ProducerFactory<String, byte[]> producers, MessageCodec codec, LongSupplier nanoTime) {
    this.producers = producers;
    this.codec = codec;
    this.nanoTime = nanoTime;
    this.stuckAfterNanos = deliveryTimeout(producers).plus(REPORT_MARGIN).toNanos();
    this.lastAcknowledged = nanoTime.getAsLong();
  }

  private static Duration deliveryTimeout(ProducerFactory<String, byte[]> producers) {
    var configured =
        producers.getConfigurationProperties().get(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
    return configured == null
        ? DEFAULT_DELIVERY_TIMEOUT
        : Duration.ofMillis(Long.parseLong(configured.toString()));
  }

  private record Flight(Waiting row, long since) {}

  private record Outcome(Flight flight, @Nullable Exception failure) {}

  /** A row that was not sent, and why. */
  record Failed(Waiting row, Exception cause) {}

  /**
   * Rows whose outcome is known.
   *
   * @param sent numbers of the rows that the broker acknowledged
   */
  record PublishResult(Set<Long> sent, List<Failed> failed) {}

  /** Has {@code wakeUp} run on another thread for each outcome; it returns at once. */
  void onOutcome(Runnable wakeUp) {
    this.wakeUp = wakeUp;
  }

  /** Whether outcomes wait to be read by {@link #publish} or {@link #arrived}. */
  boolean hasUnreadOutcomes() {
    return !outcomes.isEmpty();
  }

  /** Topics of which no row should be published now. */
  Set<String> unavailable() {
    var topics = holds.at(nanoTime.getAsLong());
    inFlight.values().forEach(flight -> topics.add(flight.row().row().topic()));
    return topics;
  }

  /** Bytes that were published and whose outcome is unknown. */
  long bytesInFlight() {
    return inFlight.values().stream().mapToLong(flight -> flight.row().bytes()).sum();
  }

  /**
   * Sends one wave, and returns when the broker has acknowledged or refused each row of it, or
   * after {@link #PATIENCE}. The outcome of a slower row is {@link #arrived} later.
   *
   * @param rows no two of one key
   * @param heldKeys keys whose earlier row was not acknowledged: these are not sent
   */
  PublishResult publish(List<Waiting> rows, Set<String> heldKeys) throws InterruptedException {
    var awaited = send(rows, heldKeys);
    var result = new PublishResult(new HashSet<>(), new ArrayList<>());
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!awaited.isEmpty()) {
      var outcome = outcomes.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (outcome == null) {
        break;
      }
      awaited.remove(outcome.flight().row().number());
      add(outcome, result);
    }
    return result;
  }

  /** Outcomes of rows that took longer than their wave. Returns at once. */
  PublishResult arrived() {
    var result = new PublishResult(new HashSet<>(), new ArrayList<>());
    for (var outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
      add(outcome, result);
    }
    var stuck = stuckFlights();
    if ((stale && inFlight.isEmpty()) || !stuck.isEmpty()) {
      close();
    }
    for (var flight : stuck) { // its callback may never run: the row is sent again
      add(new Outcome(flight, new TimeoutException("no outcome was reported")), result);
    }
    return result;
  }

  private List<Flight> stuckFlights() {
    long now = nanoTime.getAsLong();
    return inFlight.values().stream()
        .filter(flight -> now - flight.since() > stuckAfterNanos)
        .toList();
  }

  private void add(Outcome outcome, PublishResult result) {
    var row = outcome.flight().row();
    boolean expected = inFlight.remove(row.number(), outcome.flight());
    if (outcome.failure() == null) {
      lastAcknowledged = nanoTime.getAsLong();
      served.add(row.row().topic());
      holds.succeeded(row.row().topic());
      result.sent().add(row.number());
    } else if (expected) { // else the row has been sent again since
      result.failed().add(new Failed(row, outcome.failure()));
      if (!Refusals.isAboutTheRow(outcome.failure())) {
        failed(row.row().topic(), outcome.failure());
      }
    }
  }

  /**
   * A producer that does not know the topic yet keeps requesting it, and is kept for that; after
   * any other failure the next attempt begins with a new one.
   */
  private void failed(String topic, Exception failure) {
    long now = nanoTime.getAsLong();
    holds.failed(topic, now);
    boolean untried = !served.remove(topic) && failure instanceof TimeoutException;
    stale = stale || !untried || now - lastAcknowledged > stuckAfterNanos;
  }

  /**
   * Starts sending one row of each key, leaving out keys whose earlier row has failed, and topics
   * after their first failure.
   *
   * @return the numbers of those rows
   */
  private Set<Long> send(List<Waiting> wave, Set<String> heldKeys) {
    var started = new HashSet<Long>();
    var failing = new HashSet<String>();
    boolean othersInFlight = !inFlight.isEmpty();
    long until = System.nanoTime() + HANDING_OVER.toNanos();
    for (var row : servedFirst(wave)) {
      var topic = row.row().topic();
      boolean inTime =
          (served.contains(topic) && failing.isEmpty()) || System.nanoTime() - until < 0;
      if (inTime && !failing.contains(topic) && !heldKeys.contains(row.row().key())) {
        started.add(row.number());
        if (!send(row)) {
          failing.add(topic);
        }
      }
    }
    if (!othersInFlight) { // else a flush would wait for these
      flush();
    }
    return started;
  }

  private List<Waiting> servedFirst(List<Waiting> wave) {
    return wave.stream()
        .sorted(Comparator.comparing(row -> !served.contains(row.row().topic())))
        .toList();
  }

  /** Returns false if the row's topic is not to be had. */
  private boolean send(Waiting row) {
    var flight = new Flight(row, nanoTime.getAsLong());
    inFlight.put(row.number(), flight);
    try {
      var record = asRecord(row);
      var sending =
          producer().send(record, (_, failure) -> noteOutcome(new Outcome(flight, failure)));
      return sending.state() != State.FAILED || Refusals.isAboutTheRow(sending.exceptionNow());
    } catch (RuntimeException refused) { // a row that cannot be sent must not stop the others
      outcomes.add(new Outcome(flight, refused));
      return Refusals.isAboutTheRow(refused);
    }
  }

  /** On the producer's thread, or within {@code send}. */
  private void noteOutcome(Outcome outcome) {
    outcomes.add(outcome);
    wakeUp.run();
  }

  private Producer<String, byte[]> producer() {
    var current = producer;
    if (current == null) {
      current = producers.createProducer();
      producer = current;
      lastAcknowledged = nanoTime.getAsLong();
    }
    return current;
  }

  /** Sends what the producer gathers, without waiting for the broker's answer. */
  private void flush() {
    var current = producer;
    if (current != null) {
      Thread.ofVirtual().name("outbox-flush").start(current::flush);
    }
  }

  private ProducerRecord<String, byte[]> asRecord(Waiting waiting) {
    var row = waiting.row();
    var record = new ProducerRecord<>(row.topic(), row.key(), row.payload());
    try {
      codec
          .headers(row.headers())
          .forEach(
              (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    } catch (RuntimeException malformed) {
      throw new SerializationException("its headers make no sense", malformed);
    }
    return record;
  }

  /**
   * Drops the producer with all that it holds, from any thread, even while the publishing thread
   * waits for it. Rows in flight fail and are sent again by the next producer.
   */
  void restart() {
    producer = null;
    producers.reset(); // the factory keeps its producer open after a close
  }

  /** As {@link #restart}; the topics are untried again. */
  @Override
  public void close() {
    restart();
    served.clear();
    stale = false;
  }
}
