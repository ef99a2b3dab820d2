package dev.mall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedKafkaIT {

  private final EmbeddedKafka kafka = new EmbeddedKafka(Place.temporary());

  @BeforeEach
  void start() {
    kafka.start();
  }

  @AfterEach
  void stop() {
    kafka.close();
    assertThat(kafka.place().directory()).doesNotExist();
  }

  @Test
  void comesBackOnItsPortWithItsMessages() throws Exception {
    int port = kafka.port();
    send("kept");

    kafka.restart();

    assertThat(kafka.port()).isEqualTo(port);
    assertThat(received()).containsExactly("kept");
  }

  @Test
  void comesBackEmpty() throws Exception {
    send("lost");

    kafka.restartEmpty();
    send("new");

    assertThat(received()).containsExactly("new");
  }

  private void send(String message) throws Exception {
    try (var producer =
        new KafkaProducer<>(config(), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>("talk", "key", message)).get();
    }
  }

  private List<String> received() {
    var config = config();
    config.putAll(Map.of("group.id", "listeners", "auto.offset.reset", "earliest"));
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("talk"));
      var records = consumer.poll(Duration.ofSeconds(10));
      while (records.isEmpty()) {
        records = consumer.poll(Duration.ofSeconds(10));
      }
      var values = new java.util.ArrayList<String>();
      records.forEach(each -> values.add(each.value()));
      return values;
    }
  }

  private Properties config() {
    var config = new Properties();
    config.put("bootstrap.servers", kafka.bootstrapServers());
    return config;
  }
}
