package dev.mall.messaging;

import com.zaxxer.hikari.HikariDataSource;
import dev.mall.contracts.Message;
import dev.mall.testing.StatementCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** One process's part of the kit, wired by hand, on a database that others may share. */
final class Replica implements AutoCloseable {

  final StatementCounter statements = new StatementCounter();
  final HikariDataSource pool;
  final JdbcClient jdbc;
  final TransactionTemplate transaction;
  final MessageCodec codec = new MessageCodec("test-service");
  final Outbox outbox;
  final OutboxStore store;
  final Leases leases;
  final OutboxRelay relay;
  final CommitSignals signals;

  Replica(Servers servers, String database, Duration pollInterval, Duration lease) {
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
            1);
    pool = servers.pool(database);
    var source = statements.on(pool);
    jdbc = JdbcClient.create(source);
    transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    signals = new CommitSignals(connectionDetails(servers, database));
    outbox = new Outbox(jdbc, codec, Clock.systemUTC(), signals);
    store = new OutboxStore(jdbc);
    leases = new Leases(jdbc);
    relay =
        new OutboxRelay(
            store,
            new Shipper(new DefaultKafkaProducerFactory<>(servers.producerConfig()), codec),
            leases,
            () -> {}, // the broker makes topics by itself
            properties,
            new SimpleMeterRegistry());
    signals.subscribe(Outbox.CHANNEL, relay::wakeUp, relay::isLeading);
  }

  void start() {
    signals.start();
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
            .map(message -> new Outgoing(UUID.randomUUID(), message, null, null))
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
    signals.stop();
    pool.close();
  }
}
