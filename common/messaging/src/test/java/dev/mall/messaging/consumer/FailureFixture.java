package dev.mall.messaging.consumer;

import com.zaxxer.hikari.HikariDataSource;
import dev.mall.messaging.consumer.failure.DeadLetters;
import dev.mall.messaging.envelope.DeadLetter;
import dev.mall.messaging.envelope.Headers;
import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.messaging.envelope.MessageCodec.Reading;
import dev.mall.messaging.envelope.MessageTracing;
import dev.mall.messaging.outbox.CommittedRows;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.messaging.outbox.TestNotifications;
import dev.mall.testing.Schema;
import dev.mall.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A batch consumer without Kafka, on a database that a test may break. */
abstract class FailureFixture {

  static final String STATEMENT_TIMEOUT = "400ms";

  static TestDatabase database;
  static HikariDataSource pool;
  static JdbcClient jdbc;

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final MessageCodec codec = new MessageCodec("test");
  final List<Long> handled = new CopyOnWriteArrayList<>();
  final ConsumerProgress progress =
      new ConsumerProgress("test", 1, 500, 10, Duration.ofMillis(50), meters);
  final ConsumerState state = progress.current();
  TransactionTemplate transaction;

  @BeforeAll
  static void createDatabase() {
    database = TestDatabase.create("failures");
    Schema.migrate(database.dataSource(), "kit");
    JdbcClient.create(database.dataSource())
        .sql(
            "alter role %s set statement_timeout = '%s'"
                .formatted(database.name(), STATEMENT_TIMEOUT))
        .update();
    pool = database.pool(3);
    jdbc = JdbcClient.create(pool);
    jdbc.sql("create table shelf (stock int)").update();
  }

  @AfterAll
  static void close() {
    pool.close();
  }

  @BeforeEach
  void empty() {
    jdbc.sql("delete from outbox").update();
    jdbc.sql("delete from shelf").update();
    jdbc.sql("insert into shelf values (0)").update();
    transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
  }

  void handleAllBut(List<Long> batch, LongPredicate poison) {
    if (batch.stream().anyMatch(poison::test)) {
      throw new IllegalStateException("poison");
    }
    handled.addAll(batch);
  }

  BatchConsumer<Long> consumer(BatchWork<Long> work) {
    return consumer(work, state);
  }

  BatchConsumer<Long> consumer(BatchWork<Long> work, ConsumerState its) {
    var outbox = new Outbox(jdbc, codec, TestNotifications.of(database), new CommittedRows());
    return new BatchConsumer<>(
        FailureFixture::read,
        work,
        new DeadLetters(outbox, transaction, codec, meters),
        new MessageTracing(OpenTelemetry.noop()),
        1,
        () -> its);
  }

  static Reading<Long> read(ConsumerRecord<String, byte[]> record) {
    return record.value().length == 0
        ? new Reading.Unreadable<>(DeadLetter.Cause.UNREADABLE, "empty")
        : new Reading.Understood<>(record.offset());
  }

  static List<ConsumerRecord<String, byte[]>> records(int count) {
    return IntStream.range(0, count)
        .mapToObj(offset ->
            new ConsumerRecord<>(
                "mall.order.events", 0, offset, "key", "good".getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  static ConsumerRecord<String, byte[]> unreadable(long offset, String key) {
    return new ConsumerRecord<>("mall.order.events", 0, offset, key, new byte[0]);
  }

  /** Offsets of the dead letters, in their order. */
  List<Long> letters() {
    return jdbc
        .sql("select headers from outbox order by number")
        .query(String.class)
        .list()
        .stream()
        .map(headers -> Long.valueOf(codec.headers(headers).get(Headers.DEAD_OFFSET)))
        .toList();
  }
}
