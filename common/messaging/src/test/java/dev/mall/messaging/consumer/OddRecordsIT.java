package dev.mall.messaging.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.zaxxer.hikari.HikariDataSource;
import dev.mall.contracts.Message;
import dev.mall.contracts.Reply;
import dev.mall.messaging.consumer.OddRecords.Drawn;
import dev.mall.messaging.consumer.failure.DeadLetters;
import dev.mall.messaging.envelope.Headers;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.messaging.envelope.MessageTracing;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.outbox.CommittedRows;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.messaging.outbox.TestNotifications;
import dev.mall.testing.Schema;
import dev.mall.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Property: each record ends handled, skipped or dead-lettered, whatever it contains. Drawn from a
 * seed, which a failure shows and {@code -Dmall.seed=…} repeats.
 */
class OddRecordsIT {

  private static final int BATCHES = 300;
  private static final int MUTATED_PER_BATCH = 40;
  private static final int GOOD_EVERY = 4;

  private static final Logger letterLog = (Logger) LoggerFactory.getLogger(DeadLetters.class);

  private static TestDatabase database;
  private static HikariDataSource pool;
  private static JdbcClient jdbc;

  private final MessageCodec codec = new MessageCodec("test");
  private final Set<Long> handled = new HashSet<>();
  private Outbox outbox;
  private TransactionTemplate transaction;

  @BeforeAll
  static void createDatabase() {
    database = TestDatabase.create("odd_records");
    Schema.migrate(database.dataSource(), "kit");
    pool = database.pool(2);
    jdbc = JdbcClient.create(pool);
    letterLog.setLevel(Level.OFF); // a line for each of thousands of letters
  }

  @AfterAll
  static void close() {
    letterLog.setLevel(null);
    pool.close();
  }

  @BeforeEach
  void wire() {
    jdbc.sql("delete from outbox").update();
    outbox = new Outbox(jdbc, codec, TestNotifications.of(database), new CommittedRows());
    transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
  }

  @Test
  void endsEachRecordHandledSkippedOrDeadLettered() {
    long seed = Long.getLong("mall.seed", new Random().nextLong());
    var records = new OddRecords(seed);
    int mutated = 0;
    var kinds = new HashSet<String>();
    for (int batch = 0; batch < BATCHES; batch++) {
      var drawn = draw(records);
      mutated += MUTATED_PER_BATCH;
      try {
        var letters = lettersAfter(drawn);
        for (var one : drawn) {
          kinds.add(end(one, letters));
        }
      } catch (RuntimeException | AssertionError failed) {
        throw new AssertionError("seed %d, batch %d: %s".formatted(seed, batch, drawn), failed);
      }
    }

    assertThat(mutated).isGreaterThan(10_000);
    assertThat(kinds).containsExactlyInAnyOrder("handled", "skipped", "dead-lettered");
  }

  private static List<Drawn> draw(OddRecords records) {
    var drawn = new ArrayList<Drawn>();
    for (int index = 0; index < MUTATED_PER_BATCH; index++) {
      drawn.add(records.mutated());
      if (index % GOOD_EVERY == 0) {
        drawn.add(records.good());
      }
    }
    return drawn;
  }

  /** Offsets of the records that became dead letters. */
  private Set<Long> lettersAfter(List<Drawn> drawn) {
    handled.clear();
    var records = drawn.stream().map(Drawn::record).toList();
    var consumer = consumer();

    Redelivery.deliver(consumer, records, 3);

    var letters =
        jdbc
            .sql("delete from outbox where topic like '%.dlt' returning headers")
            .query(String.class)
            .list()
            .stream()
            .map(headers -> Long.valueOf(codec.headers(headers).get(Headers.DEAD_OFFSET)))
            .toList();
    assertThat(letters).doesNotHaveDuplicates();
    return new HashSet<>(letters);
  }

  private String end(Drawn one, Set<Long> letters) {
    long offset = one.record().offset();
    boolean lettered = letters.contains(offset);
    assertThat(lettered && handled.contains(offset))
        .as("%s is both handled and dead-lettered", one)
        .isFalse();
    return lettered ? "dead-lettered" : handled.contains(offset) ? "handled" : "skipped";
  }

  private BatchConsumer<Handled> consumer() {
    var meters = new SimpleMeterRegistry();
    return new BatchConsumer<>(
        this::read,
        this::handle,
        new DeadLetters(outbox, transaction, codec, meters),
        new MessageTracing(OpenTelemetry.noop()),
        1,
        new ConsumerProgress("odd", 1, 500, 10, Duration.ofMillis(1), meters)::current);
  }

  /** A record's message with its offset. */
  private record Handled(long offset, InboundMessage<Message> received) {}

  private MessageCodec.Reading<Handled> read(ConsumerRecord<String, byte[]> record) {
    Set<Class<? extends Message>> wanted =
        record.offset() % 7 == 0 ? Set.of(Reply.class) : Set.of(Message.class);
    var horizon = Instant.now().minus(Duration.ofDays(30));
    return switch (codec.<Message>read(record, wanted, horizon)) {
      case MessageCodec.Reading.Understood<InboundMessage<Message>>(var received) ->
          new MessageCodec.Reading.Understood<>(new Handled(record.offset(), received));
      case MessageCodec.Reading.NotForUs<InboundMessage<Message>> _ ->
          new MessageCodec.Reading.NotForUs<>();
      case MessageCodec.Reading.Unreadable<InboundMessage<Message>>(var cause, var detail) ->
          new MessageCodec.Reading.Unreadable<>(cause, detail);
    };
  }

  /** Sends each message on, so that all of it that is kept meets the outbox, too. */
  private void handle(List<Handled> batch) {
    transaction.executeWithoutResult(_ ->
        outbox.append(
            batch.stream()
                .map(Handled::received)
                .map(received -> OutboundMessage.inReplyTo(received, received.message()))
                .toList()));
    batch.forEach(one -> handled.add(one.offset()));
  }
}
