package dev.mall.saga.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.Topics;
import dev.mall.embedded.KafkaServer;
import dev.mall.testing.Infrastructure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether all replies are read, asked of a broker of its own, which may go away. */
class KafkaAnswersIT {

  private static final String GROUP = "saga-orchestrator.sagas";
  private static final String PAYMENTS = Topics.HANDLED_BY.get(Topics.PAYMENT_COMMANDS);
  private static final Map<String, String> READERS =
      Map.of(Topics.SAGA_REPLIES, GROUP, Topics.PAYMENT_COMMANDS, PAYMENTS);

  private final KafkaServer kafka = Infrastructure.newKafka();
  private Map<String, Object> servers;
  private Admin admin;
  private KafkaAnswers answers;

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
    answers = new KafkaAnswers(servers, READERS, Duration.ofMillis(500));
  }

  @AfterEach
  void stop() {
    answers.close();
    admin.close();
    kafka.close();
  }

  @Test
  void areReadWhenThereAreNone() throws Exception {
    makeTopics();

    assertThat(answers.unread()).isEmpty();
  }

  @Test
  void areUnknownAtOnceWhenTheClockIsSetBackDuringALook() throws Exception {
    makeTopics();
    var config = new HashMap<>(servers);
    config.put("default.api.timeout.ms", "60000");
    try (var patient = new KafkaAnswers(config, READERS, Duration.ofMillis(500))) {
      assertThat(patient.unread()).isEmpty();
      kafka.stop();
      var look = CompletableFuture.supplyAsync(patient::unread);
      await().during(Duration.ofSeconds(1)).until(() -> !look.isDone());

      patient.renew();

      assertThat(look.get(10, TimeUnit.SECONDS)).isEqualTo(READERS.keySet());
      kafka.start();
      await().atMost(Duration.ofSeconds(30)).until(() -> patient.unread().isEmpty());
    }
  }

  @Test
  void areUnreadUntilTheGroupHasCommittedTheLast() throws Exception {
    makeTopics();
    send(0, 1);
    send(1, 3);

    assertThat(answers.unread()).contains(Topics.SAGA_REPLIES);
    commit(0, 1);
    assertThat(answers.unread()).contains(Topics.SAGA_REPLIES);
    commit(1, 2);
    assertThat(answers.unread()).contains(Topics.SAGA_REPLIES);
    commit(1, 3);
    assertThat(answers.unread()).isEmpty();
  }

  @Test
  void areReadOnceTheGroupComesAsFarAsTheTopicReachedAtFirst() throws Exception {
    var patient = new KafkaAnswers(servers, READERS, Duration.ofSeconds(30));
    makeTopics();
    send(0, 5);

    var unread = CompletableFuture.supplyAsync(patient::unread);
    commit(0, 4);
    assertThat(unread).isNotDone();
    commit(0, 5);

    assertThat(unread.get()).isEmpty();
    patient.close();
  }

  @Test
  void tellsWhichParticipantHasNotReadItsCommands() throws Exception {
    makeTopics();
    send(Topics.PAYMENT_COMMANDS, 1, 2);

    assertThat(answers.unread()).containsExactly(Topics.PAYMENT_COMMANDS);
    commit(PAYMENTS, Topics.PAYMENT_COMMANDS, 1, 1);
    assertThat(answers.unread()).containsExactly(Topics.PAYMENT_COMMANDS);
    commit(PAYMENTS, Topics.PAYMENT_COMMANDS, 1, 2);
    assertThat(answers.unread()).isEmpty();
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

    assertThat(answers.unread()).isEmpty();
  }

  @Test
  void areUnreadWhileNobodyCanTell() throws Exception {
    assertThat(answers.unread()).contains(Topics.SAGA_REPLIES); // no such topic

    makeTopics();
    assertThat(answers.unread()).isEmpty();

    kafka.stop();
    assertThat(answers.unread()).contains(Topics.SAGA_REPLIES);

    kafka.start();
    assertThat(answers.unread()).isEmpty();
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
