package dev.mall.saga.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.wire.Topics;
import dev.mall.embedded.KafkaServer;
import dev.mall.messaging.kafka.ConsumerLag;
import dev.mall.saga.runtime.Unread;
import dev.mall.testing.Infrastructure;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The backlog, read from a broker of its own, which may stop. */
class KafkaBacklogIT {

  private static final String GROUP = "saga-orchestrator.sagas";
  private static final String PAYMENTS = Topics.HANDLED_BY.get(Topics.PAYMENT_COMMANDS);
  private static final Map<String, String> READERS =
      Map.of(Topics.SAGA_REPLIES, GROUP, Topics.PAYMENT_COMMANDS, PAYMENTS);

  private final KafkaServer kafka = Infrastructure.newKafka();
  private Map<String, Object> servers;
  private Admin admin;
  private KafkaBacklog backlog;

  @BeforeEach
  void start() {
    kafka.start();
    servers =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "default.api.timeout.ms",
            "2000",
            "request.timeout.ms",
            "1000");
    admin = Admin.create(servers);
    backlog = backlog(Duration.ofMillis(500));
  }

  @AfterEach
  void stop() {
    backlog.close();
    admin.close();
    kafka.close();
  }

  @Test
  void areReadWhenThereAreNone() throws Exception {
    makeTopics();

    assertThat(unread()).isEmpty();
  }

  @Test
  void areUnknownAtOnceWhenTheClockIsSetBackDuringALook() throws Exception {
    makeTopics();
    var config = new HashMap<>(servers);
    config.put("default.api.timeout.ms", "60000");
    try (var patient =
        new KafkaBacklog(
            new ConsumerLag(config, Duration.ofMinutes(1)), READERS, 2, Duration.ofMillis(500))) {
      assertThat(topics(patient.unread())).isEmpty();
      kafka.stop();
      var look = CompletableFuture.supplyAsync(patient::unread);
      await().during(Duration.ofSeconds(1)).until(() -> !look.isDone());

      patient.renew();

      assertThat(topics(look.get(10, TimeUnit.SECONDS))).isEqualTo(READERS.keySet());
      kafka.start();
      await().atMost(Duration.ofSeconds(30)).until(() -> topics(patient.unread()).isEmpty());
    }
  }

  @Test
  void areUnreadUntilTheGroupHasCommittedTheLast() throws Exception {
    makeTopics();
    send(0, 1);
    send(1, 3);

    assertThat(unread()).contains(Topics.SAGA_REPLIES);
    commit(0, 1);
    assertThat(unread()).contains(Topics.SAGA_REPLIES);
    commit(1, 2);
    assertThat(unread()).contains(Topics.SAGA_REPLIES);
    commit(1, 3);
    assertThat(unread()).isEmpty();
  }

  @Test
  void areReadOnceTheGroupComesAsFarAsTheTopicReachedAtFirst() throws Exception {
    var patient = backlog(Duration.ofSeconds(30));
    makeTopics();
    send(0, 5);

    var unread = CompletableFuture.supplyAsync(patient::unread);
    commit(0, 4);
    assertThat(unread).isNotDone();
    commit(0, 5);

    assertThat(topics(unread.get())).isEmpty();
    patient.close();
  }

  @Test
  void namesTheParticipantThatHasNotReadItsCommands() throws Exception {
    makeTopics();
    send(Topics.PAYMENT_COMMANDS, 1, 2);

    assertThat(unread()).containsExactly(Topics.PAYMENT_COMMANDS);
    commit(PAYMENTS, Topics.PAYMENT_COMMANDS, 1, 1);
    assertThat(unread()).containsExactly(Topics.PAYMENT_COMMANDS);
    commit(PAYMENTS, Topics.PAYMENT_COMMANDS, 1, 2);
    assertThat(unread()).isEmpty();
  }

  @Test
  void areReadWhenRetentionTookThemAll() throws Exception {
    makeTopics();
    send(0, 3);
    admin
        .deleteRecords(
            Map.of(new TopicPartition(Topics.SAGA_REPLIES, 0), RecordsToDelete.beforeOffset(3)))
        .all()
        .get();

    assertThat(unread()).isEmpty();
  }

  @Test
  void areUnreadWhileTheBrokerDoesNotAnswer() throws Exception {
    assertThat(unread()).contains(Topics.SAGA_REPLIES); // no such topic

    makeTopics();
    assertThat(unread()).isEmpty();

    kafka.stop();
    assertThat(unread()).contains(Topics.SAGA_REPLIES);

    kafka.start();
    assertThat(unread()).isEmpty();
  }

  @Test
  void anOrderIsJudgedByItsOwnPartition() throws Exception {
    makeTopics();
    send(Topics.PAYMENT_COMMANDS, 0, 2); // never committed
    send(Topics.PAYMENT_COMMANDS, 1, 2);
    commit(PAYMENTS, Topics.PAYMENT_COMMANDS, 1, 2);

    var unread = backlog.unread();

    for (long order = 0; order < 100; order++) {
      var key = Long.toString(order);
      assertThat(unread.mayHold(Topics.PAYMENT_COMMANDS, key)).isEqualTo(partitionOf(key) == 0);
      assertThat(unread.mayHold(Topics.SAGA_REPLIES, key)).isFalse();
    }
  }

  @Test
  void anOrderIsJudgedByItsFormerPartitionToo() throws Exception {
    makeTopics();
    send(Topics.PAYMENT_COMMANDS, 0, 2); // never committed
    admin
        .createPartitions(Map.of(Topics.PAYMENT_COMMANDS, NewPartitions.increaseTo(3)))
        .all()
        .get();
    await().until(() -> partitions(Topics.PAYMENT_COMMANDS) == 3);

    var unread = backlog.unread();

    for (long order = 0; order < 100; order++) {
      var key = Long.toString(order);
      assertThat(unread.mayHold(Topics.PAYMENT_COMMANDS, key))
          .as("order %s", key)
          .isEqualTo(partitionOf(key, 2) == 0 || partitionOf(key, 3) == 0);
    }
  }

  @Test
  void aClientThatDoesNotAnswerHoldsNothingUp() throws Exception {
    try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      var settings =
          Map.<String, Object>of(
              "bootstrap.servers",
              "127.0.0.1:" + silent.getLocalPort(),
              "default.api.timeout.ms",
              "600000",
              "request.timeout.ms",
              "600000");
      var stuck =
          new KafkaBacklog(
              new ConsumerLag(settings, Duration.ofSeconds(1)), READERS, 2, Duration.ofMillis(500));

      assertThat(topics(stuck.unread())).isEqualTo(READERS.keySet());
      assertThat(topics(stuck.unread())).isEqualTo(READERS.keySet());
      stuck.close();
    }
  }

  private KafkaBacklog backlog(Duration patience) {
    return new KafkaBacklog(new ConsumerLag(servers, Duration.ofSeconds(10)), READERS, 2, patience);
  }

  /** Topics of which anything is unread. */
  private Set<String> unread() {
    return topics(backlog.unread());
  }

  private static Set<String> topics(Unread unread) {
    return READERS.keySet().stream()
        .filter(topic ->
            LongStream.range(0, 100).anyMatch(key -> unread.mayHold(topic, Long.toString(key))))
        .collect(Collectors.toSet());
  }

  private int partitions(String topic) throws Exception {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .size();
  }

  private static int partitionOf(String key) {
    return partitionOf(key, 2);
  }

  private static int partitionOf(String key, int count) {
    return BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), count);
  }

  private void makeTopics() throws Exception {
    var topics = READERS.keySet().stream().map(name -> new NewTopic(name, 2, (short) 1)).toList();
    admin.createTopics(topics).all().get();
  }

  private void send(int partition, int count) {
    send(Topics.SAGA_REPLIES, partition, count);
  }

  private void send(String topic, int partition, int count) {
    try (var producer =
        new KafkaProducer<>(servers, new StringSerializer(), new ByteArraySerializer())) {
      for (int sent = 0; sent < count; sent++) {
        producer.send(new ProducerRecord<>(topic, partition, "1", new byte[0]));
      }
    }
  }

  private void commit(int partition, long offset) throws Exception {
    commit(GROUP, Topics.SAGA_REPLIES, partition, offset);
  }

  private void commit(String group, String topic, int partition, long offset) throws Exception {
    admin
        .alterConsumerGroupOffsets(
            group, Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)))
        .all()
        .get();
  }
}
