package dev.mall.messaging;

import dev.mall.messaging.Outbox.Row;
import dev.mall.messaging.OutboxStore.Waiting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Sends rows to Kafka: never a key's later row before its earlier one was acknowledged, all else at
 * once. Used by one thread.
 */
final class Shipper implements AutoCloseable {

  private final ProducerFactory<String, byte[]> producers;
  private final MessageCodec codec;
  private @Nullable Producer<String, byte[]> producer;

  Shipper(ProducerFactory<String, byte[]> producers, MessageCodec codec) {
    this.producers = producers;
    this.codec = codec;
  }

  /**
   * What came of sending some rows.
   *
   * @param sent numbers of the rows that the broker acknowledged
   * @param failure why the others were not; null if there are none
   */
  record Shipment(Set<Long> sent, @Nullable Exception failure) {}

  /** Sends rows, given by number, and waits until the broker has acknowledged or refused each. */
  Shipment ship(List<Waiting> rows) {
    var sent = new HashSet<Long>();
    Exception failure = null;
    var broken = new HashSet<String>();
    for (var wave : waves(rows)) {
      for (var outcome : send(wave, broken).entrySet()) {
        try {
          outcome.getValue().get();
          sent.add(outcome.getKey().number());
        } catch (ExecutionException refused) {
          failure = refused;
          broken.add(outcome.getKey().row().key());
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
          return new Shipment(sent, stopped);
        }
      }
    }
    if (failure != null) {
      close(); // the next attempt begins with a producer that knows of nothing
    }
    return new Shipment(sent, failure);
  }

  /** Starts sending one row of each key, leaving out keys whose earlier row has failed. */
  private Map<Waiting, Future<RecordMetadata>> send(List<Waiting> wave, Set<String> broken) {
    var started = new LinkedHashMap<Waiting, Future<RecordMetadata>>();
    for (var waiting : wave) {
      if (!broken.contains(waiting.row().key())) {
        started.put(waiting, send(waiting.row()));
      }
    }
    if (producer != null) {
      producer.flush();
    }
    return started;
  }

  private Future<RecordMetadata> send(Row row) {
    try {
      if (producer == null) {
        producer = producers.createProducer();
      }
      return producer.send(asRecord(row));
    } catch (RuntimeException refused) { // a row that nobody could send must not stop the others
      return CompletableFuture.failedFuture(refused);
    }
  }

  private ProducerRecord<String, byte[]> asRecord(Row row) {
    var record = new ProducerRecord<>(row.topic(), row.key(), row.payload());
    codec
        .headers(row.headers())
        .forEach(
            (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return record;
  }

  /** The n-th wave holds the n-th row of each key. */
  static List<List<Waiting>> waves(List<Waiting> rows) {
    var waves = new ArrayList<List<Waiting>>();
    var seen = new HashMap<String, Integer>();
    for (var row : rows) {
      int wave = seen.merge(row.row().key(), 1, Integer::sum) - 1;
      if (wave == waves.size()) {
        waves.add(new ArrayList<>());
      }
      waves.get(wave).add(row);
    }
    return waves;
  }

  @Override
  public void close() {
    producer = null;
    producers.reset(); // the factory keeps its producer open whoever closes it
  }
}
