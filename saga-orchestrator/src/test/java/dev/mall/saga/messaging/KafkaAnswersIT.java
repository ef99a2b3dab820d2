package dev.mall.saga.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Topics;
import dev.mall.embedded.EmbeddedKafka;
import dev.mall.embedded.Place;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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

  private final EmbeddedKafka kafka = new EmbeddedKafka(Place.temporary());
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
    answers = new KafkaAnswers(servers, GROUP, Duration.ofMillis(500));
  }

  @AfterEach
  void stop() {
    answers.close();
    admin.close();
    kafka.close();
  }

  @Test
  void areReadWhenThereAreNone() throws Exception {
    makeTopic();

    assertThat(answers.areAllRead()).isTrue();
  }

  @Test
  void areUnreadUntilTheGroupHasCommittedTheLast() throws Exception {
    makeTopic();
    send(0, 1);
    send(1, 3);

    assertThat(answers.areAllRead()).isFalse();
    commit(0, 1);
    assertThat(answers.areAllRead()).isFalse();
    commit(1, 2);
    assertThat(answers.areAllRead()).isFalse();
    commit(1, 3);
    assertThat(answers.areAllRead()).isTrue();
  }

  @Test
  void areReadOnceTheGroupComesAsFarAsTheTopicReachedAtFirst() throws Exception {
    var patient = new KafkaAnswers(servers, GROUP, Duration.ofSeconds(30));
    makeTopic();
    send(0, 5);

    var allRead = CompletableFuture.supplyAsync(patient::areAllRead);
    commit(0, 4);
    assertThat(allRead).isNotDone();
    commit(0, 5);

    assertThat(allRead.get()).isTrue();
    patient.close();
  }

  @Test
  void areReadWhenRetentionTookThemAll() throws Exception {
    makeTopic();
    send(0, 3);
    admin
        .deleteRecords(
            Map.of(new TopicPartition(Topics.SAGA_REPLIES, 0), RecordsToDelete.beforeOffset(3)))
        .all()
        .get();

    assertThat(answers.areAllRead()).isTrue();
  }

  @Test
  void areUnreadWhileNobodyCanTell() throws Exception {
    assertThat(answers.areAllRead()).isFalse(); // no such topic

    makeTopic();
    assertThat(answers.areAllRead()).isTrue();

    kafka.stop();
    assertThat(answers.areAllRead()).isFalse();

    kafka.start();
    assertThat(answers.areAllRead()).isTrue();
  }

  private void makeTopic() throws Exception {
    admin.createTopics(List.of(new NewTopic(Topics.SAGA_REPLIES, 2, (short) 1))).all().get();
  }

  private void send(int partition, int count) {
    try (var producer =
        new KafkaProducer<>(servers, new StringSerializer(), new ByteArraySerializer())) {
      for (int sent = 0; sent < count; sent++) {
        producer.send(new ProducerRecord<>(Topics.SAGA_REPLIES, partition, "1", new byte[0]));
      }
    }
  }

  private void commit(int partition, long offset) throws Exception {
    admin
        .alterConsumerGroupOffsets(
            GROUP,
            Map.of(
                new TopicPartition(Topics.SAGA_REPLIES, partition), new OffsetAndMetadata(offset)))
        .all()
        .get();
  }
}
