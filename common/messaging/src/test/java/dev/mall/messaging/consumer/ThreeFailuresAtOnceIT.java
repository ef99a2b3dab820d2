package dev.mall.messaging.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.NotificationCommand.NotifyCustomer;
import dev.mall.contracts.NotificationReply.CustomerNotified;
import dev.mall.contracts.values.StepKey;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.Records;
import dev.mall.messaging.Servers;
import dev.mall.messaging.envelope.Headers;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.idempotency.Answers;
import dev.mall.messaging.idempotency.ReplyLog;
import dev.mall.runtime.Columns;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.transaction.support.TransactionTemplate;

/** The database is unavailable, partitions move, and offsets are not committed, all at once. */
class ThreeFailuresAtOnceIT {

  private static final int PARTITIONS = 6;
  private static final String GROUP = "receiver.commands";

  private static final AtomicBoolean commitsFail = new AtomicBoolean();
  private static final AtomicInteger failedCommits = new AtomicInteger();
  private static final AtomicInteger attempts = new AtomicInteger();
  private static final AtomicInteger handled = new AtomicInteger();

  private static Servers servers;
  private static String database;
  private static ConfigurableApplicationContext first;
  private static ConfigurableApplicationContext second;

  private final MessageCodec codec = new MessageCodec("test");

  /** A participant: each command has one effect and one stored reply. */
  @EnableAutoConfiguration
  static class Receiver {

    @Bean
    MessageListenerContainer commands(
        Consumers consumers, JdbcClient jdbc, ReplyLog replies, TransactionTemplate transaction) {
      return consumers.messages(
          "commands",
          Set.of(NotifyCustomer.class),
          List.of(Topics.NOTIFICATION_COMMANDS),
          (List<InboundMessage<NotifyCustomer>> batch) -> {
            attempts.incrementAndGet();
            transaction.executeWithoutResult(
                _ -> replies.answer(batch, commands -> take(commands, jdbc)));
            handled.addAndGet(batch.size());
          });
    }

    private static Answers take(List<NotifyCustomer> commands, JdbcClient jdbc) {
      jdbc.sql("insert into effect select unnest(:orders)")
          .param("orders", Columns.longs(commands, command -> command.step().orderId()))
          .update();
      return Answers.of(
          commands.stream().map(command -> new CustomerNotified(command.step())).toList());
    }

    @Bean
    DefaultKafkaConsumerFactoryCustomizer failingCommits() {
      return factory -> factory.addPostProcessor(ThreeFailuresAtOnceIT::withFailingCommits);
    }
  }

  @SuppressWarnings("unchecked")
  private static <K, V> Consumer<K, V> withFailingCommits(Consumer<K, V> consumer) {
    return (Consumer<K, V>)
        Proxy.newProxyInstance(
            Consumer.class.getClassLoader(),
            new Class<?>[] {Consumer.class},
            (_, method, arguments) -> {
              if (method.getName().startsWith("commit") && commitsFail.get()) {
                failedCommits.incrementAndGet();
                var failure = new RetriableCommitFailedException("as a test has it");
                if (method.getName().equals("commitSync")) {
                  throw failure;
                }
                for (var argument : Objects.requireNonNullElse(arguments, new Object[0])) {
                  if (argument instanceof OffsetCommitCallback callback) {
                    callback.onComplete(Map.of(), failure);
                  }
                }
                return null;
              }
              try {
                return method.invoke(consumer, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }

  @BeforeAll
  static void start() {
    servers = new Servers();
    database = servers.newDatabase();
    JdbcClient.create(servers.postgres.dataSource(database))
        .sql("create table effect (order_id bigint)")
        .update();
    first = replica();
    second = replica();
  }

  @AfterAll
  static void stop() {
    second.close();
    first.close();
    servers.close();
  }

  private static ConfigurableApplicationContext replica() {
    return SpringApplication.run(
        Receiver.class,
        "--spring.application.name=receiver",
        "--spring.config.import=classpath:mall-messaging.yml",
        "--spring.datasource.url=" + servers.postgres.jdbcUrl(database),
        "--spring.datasource.username=" + database,
        "--spring.datasource.password=" + servers.postgres.password(),
        "--spring.kafka.bootstrap-servers=" + servers.kafka.bootstrapServers(),
        "--spring.main.web-application-type=none",
        "--spring.flyway.enabled=false",
        "--spring.datasource.hikari.connection-timeout=300",
        "--mall.messaging.retry-at-most=1s");
  }

  @Test
  void nothingIsLostOrDoneTwiceAndTheConsumerGoesOn() throws Exception {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> partitionsOf(first) > 0 && partitionsOf(second) > 0);
    commitsFail.set(true);
    send(1, 60);
    await().until(() -> effects().size() == 60);

    servers.postgres.stop();
    send(61, 120);
    awaitAttempts(1);
    containerOf(second).stop(); // its partitions are read again from the last committed offsets
    await().atMost(Duration.ofSeconds(60)).until(() -> partitionsOf(first) == PARTITIONS);
    awaitAttempts(1);
    servers.postgres.start();
    containerOf(second).start();
    send(121, 180);

    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions() // the database needs a moment, too
        .until(() -> Set.copyOf(effects()).size() == 180);
    commitsFail.set(false);
    send(181, 200);

    await().until(() -> Set.copyOf(effects()).size() == 200);
    assertThat(effects()).hasSize(200);
    assertThat(failedCommits).hasPositiveValue();
    assertThat(handled).as("some commands were delivered again").hasValueGreaterThan(200);
    await().atMost(Duration.ofSeconds(30)).until(() -> committedOffsets() == 200);
    assertThat(ordersAnswered()).hasSize(200);
    assertThat(deadLetters()).isZero();
  }

  private void send(long from, long to) {
    try (var producer = new KafkaProducer<String, byte[]>(servers.producerConfig())) {
      for (long order = from; order <= to; order++) {
        var command = new NotifyCustomer(new StepKey(order, "notify", 1), "ada", 100, "EUR", null);
        var message = new OutboundMessage(UUID.randomUUID(), command, null, null);
        producer.send(
            Records.outgoing(
                Topics.NOTIFICATION_COMMANDS,
                command.key(),
                Records.envelope(codec, message, Instant.now()),
                codec.body(command)));
      }
      producer.flush();
    }
  }

  private static void awaitAttempts(int more) {
    int before = attempts.get();
    await().atMost(Duration.ofSeconds(60)).until(() -> attempts.get() >= before + more);
  }

  private static MessageListenerContainer containerOf(ConfigurableApplicationContext replica) {
    return replica.getBean(MessageListenerContainer.class);
  }

  private static int partitionsOf(ConfigurableApplicationContext replica) {
    return Objects.requireNonNull(containerOf(replica).getAssignedPartitions()).size();
  }

  private static List<Long> effects() {
    return JdbcClient.create(servers.postgres.dataSource(database))
        .sql("select order_id from effect")
        .query(Long.class)
        .list();
  }

  private static long committedOffsets() throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", servers.kafka.bootstrapServers()))) {
      return admin
          .listConsumerGroupOffsets(GROUP)
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .filter(Objects::nonNull)
          .mapToLong(offset -> offset.offset())
          .sum();
    }
  }

  private static Set<Long> ordersAnswered() {
    var wanted = LongStream.rangeClosed(1, 200).boxed().collect(Collectors.toSet());
    return servers
        .read(
            Topics.SAGA_REPLIES,
            seen ->
                seen.stream()
                    .map(reply -> Long.valueOf(reply.key()))
                    .collect(Collectors.toSet())
                    .containsAll(wanted))
        .stream()
        .map(reply -> Long.valueOf(Objects.requireNonNull(Records.header(reply, Headers.ORDER_ID))))
        .collect(Collectors.toSet());
  }

  private static double deadLetters() {
    return Stream.of(first, second)
        .flatMap(replica ->
            replica.getBean(MeterRegistry.class).find("mall.dead.letters").counters().stream())
        .mapToDouble(Counter::count)
        .sum();
  }
}
