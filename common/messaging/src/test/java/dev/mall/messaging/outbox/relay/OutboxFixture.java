package dev.mall.messaging.outbox.relay;

import dev.mall.contracts.ProductChanged;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.Servers;
import dev.mall.messaging.outbox.relay.OutboxStore.ScanRange;
import dev.mall.messaging.outbox.relay.OutboxStore.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A relay on a database of its own, and what it has published so far. */
abstract class OutboxFixture {

  static final Duration SHORT = Duration.ofMillis(100);
  static final Duration HOURS = Duration.ofHours(1);
  static final Duration LEASE = Duration.ofSeconds(1);

  static Servers servers;

  final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  String database;
  Replica replica;

  @BeforeAll
  static void startServers() {
    servers = new Servers();
  }

  @AfterAll
  static void stopServers() {
    servers.close();
  }

  @BeforeEach
  void openDatabase() {
    database = servers.newDatabase();
    replica = replica(SHORT);
  }

  @AfterEach
  void close() {
    replica.close();
    threads.close();
  }

  void insert(String topic, String key) {
    replica
        .jdbc
        .sql("insert into outbox (topic, key, headers, payload) values (:topic, :key, '{}', '')")
        .param("topic", topic)
        .param("key", key)
        .update();
  }

  void createVersions(String sku) {
    replica
        .jdbc
        .sql("create table version (sku text primary key, version bigint not null)")
        .update();
    replica.jdbc.sql("insert into version values (:sku, 0)").param("sku", sku).update();
  }

  static void bump(Replica by, String sku) {
    by.transaction.executeWithoutResult(_ -> by.append(product(sku, nextVersion(by, sku))));
  }

  static long nextVersion(Replica by, String sku) {
    return by.jdbc
        .sql("update version set version = version + 1 where sku = :sku returning version")
        .param("sku", sku)
        .query(Long.class)
        .single();
  }

  List<Long> firstDeliveries(String sku, int enough) {
    var records =
        servers.read(Topics.CATALOGUE_EVENTS, seen -> distinctVersions(seen, sku).size() >= enough);
    return distinctVersions(records, sku);
  }

  List<Long> distinctVersions(List<ConsumerRecord<String, byte[]>> records, String sku) {
    return ofKey(records, sku).stream()
        .map(record -> replica.codec.decode(ProductChanged.class, 1, record.value()).version())
        .distinct()
        .toList();
  }

  List<Long> versions(String sku, int enough) {
    var records = servers.read(Topics.CATALOGUE_EVENTS, seen -> ofKey(seen, sku).size() >= enough);
    return ofKey(records, sku).stream()
        .map(record -> replica.codec.decode(ProductChanged.class, 1, record.value()).version())
        .toList();
  }

  static List<ConsumerRecord<String, byte[]>> ofKey(
      List<ConsumerRecord<String, byte[]>> records, String key) {
    return records.stream().filter(record -> record.key().equals(key)).toList();
  }

  static List<String> keysOf(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream().map(ConsumerRecord::key).toList();
  }

  List<Waiting> scan() {
    return replica.store.scan(new ScanRange(0, 1000, 8_000_000, Set.of()));
  }

  long waiting() {
    return replica.store.backlog().rows();
  }

  /** Scans by a relay that runs. */
  long scansOfTheRelay() {
    return replica.statements.by("outbox-relay"::equals).stream()
        .filter(executed -> executed.sql().contains("bytes_before"))
        .count();
  }

  Replica replica(Duration pollInterval) {
    return new Replica(servers, database, pollInterval, LEASE);
  }

  static ProductChanged product(String sku, long version) {
    return new ProductChanged(sku, version, "a thing", 100, "EUR");
  }

  static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
