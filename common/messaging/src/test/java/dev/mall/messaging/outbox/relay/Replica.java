package dev.mall.messaging.outbox.relay;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.mall.contracts.Message;
import dev.mall.messaging.MessagingProperties;
import dev.mall.messaging.Servers;
import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.outbox.CommitNotifications;
import dev.mall.messaging.outbox.CommittedRows;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.testing.Buffers;
import dev.mall.testing.StatementCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** One process's part of the kit, wired by hand, on a database that others may share. */
final class Replica implements AutoCloseable {

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final StatementCounter statements = new StatementCounter();
  final HikariDataSource pool;
  final JdbcClient jdbc;
  final TransactionTemplate transaction;
  final MessageCodec codec = new MessageCodec("test-service");
  final Outbox outbox;
  final OutboxStore store;
  final Leases leases;
  final OutboxQuarantine quarantine;
  final OutboxDrain drain;
  final OutboxPublisher publisher;
  final OutboxRelay relay;
  final CommittedRows committed = new CommittedRows();
  final CommitNotifications notifications;

  Replica(Servers servers, String database, Duration pollInterval, Duration lease) {
    this(servers, database, pollInterval, lease, servers.producerConfig());
  }

  Replica(
      Servers servers,
      String database,
      Duration pollInterval,
      Duration lease,
      Map<String, Object> producerConfig) {
    var properties =
        new MessagingProperties(
            1000,
            pollInterval,
            lease,
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            3,
            Duration.ofDays(30),
            3,
            1,
            1);
    pool = servers.pool(database);
    var source = statements.on(pool);
    jdbc = JdbcClient.create(source);
    transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    notifications = new CommitNotifications(connectionDetails(servers, database));
    outbox = new Outbox(jdbc, codec, notifications, committed);
    store = new OutboxStore(jdbc);
    leases = new Leases(jdbc);
    publisher = publisher(producerConfig);
    quarantine =
        new OutboxQuarantine(jdbc, outbox, transaction, notifications, codec, "test-service");
    drain =
        new OutboxDrain(
            store,
            publisher,
            quarantine,
            () -> {}, // the broker makes topics by itself
            OutboxDrain.Limits.of(properties, new OutboxProperties(DataSize.ofMegabytes(8), 3)),
            meters);
    relay = new OutboxRelay(drain, publisher, committed, leases, properties);
    notifications.subscribe(Outbox.CHANNEL, relay::wakeUp, relay::isLeading);
  }

  /** Drains once, without a lease. */
  int drain() throws InterruptedException {
    return drain.run(() -> true);
  }

  /** Drains until nothing waits: on a busy machine a wave may outlast the relay's patience. */
  void drainAll() {
    await().until(() -> drain.run(() -> true) >= 0 && store.backlog().rows() == 0);
  }

  /** Rows that were published without a scan. */
  double direct() {
    return meters.get("mall.outbox.direct").counter().count();
  }

  /** Another one, with a producer of its own. */
  OutboxPublisher publisher(Map<String, Object> producerConfig) {
    var producers = new DefaultKafkaProducerFactory<String, byte[]>(producerConfig);
    producers.setPhysicalCloseTimeout(0);
    return new OutboxPublisher(producers, codec);
  }

  /** Pages that a scan touches. */
  long buffersOfAScan(long floor) {
    return Buffers.of(
        jdbc.sql(Buffers.EXPLAIN + OutboxStore.SCAN)
            .param("removed", new long[] {1, 2, 3})
            .param("floor", floor)
            .param("limit", 1000)
            .param("bytes", DataSize.ofMegabytes(8).toBytes()));
  }

  void start() {
    notifications.start();
    relay.start();
  }

  /** Commits messages. */
  void commit(Message... messages) {
    transaction.executeWithoutResult(_ -> append(messages));
  }

  /** Appends in the caller's transaction. */
  void append(Message... messages) {
    outbox.append(
        Arrays.stream(messages)
            .map(message -> new OutboundMessage(UUID.randomUUID(), message, null, null))
            .toList());
  }

  private static JdbcConnectionDetails connectionDetails(Servers servers, String database) {
    return new JdbcConnectionDetails() {
      @Override
      public String getUsername() {
        return database;
      }

      @Override
      public String getPassword() {
        return servers.postgres.password();
      }

      @Override
      public String getJdbcUrl() {
        return servers.postgres.jdbcUrl(database);
      }
    };
  }

  @Override
  public void close() {
    relay.stop();
    notifications.stop();
    pool.close();
  }
}
