package dev.mall.lab.delivery;

import dev.mall.lab.trial.Trial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A topic of a trial's own and its clients, which end with the trial. It has one partition, so all
 * its records have one order.
 */
public final class TrialTopic {

  private final Trial trial;
  private final String name;
  private final KafkaProducer<String, String> producer;

  private TrialTopic(Trial trial, String name) {
    this.trial = trial;
    this.name = name;
    this.producer = producer(Map.of());
  }

  public static TrialTopic create(Trial trial, String beginning) throws Exception {
    var name = trial.topic(beginning);
    try (var admin =
        Admin.create(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, trial.kafka().bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    }
    return new TrialTopic(trial, name);
  }

  String name() {
    return name;
  }

  /** Sends a record and returns its offset once it is acknowledged. */
  public long send(String value) throws Exception {
    return producer.send(record(value)).get().offset();
  }

  /** Sends records and returns when all are acknowledged. */
  public void sendAll(List<String> values) throws Exception {
    var sent = values.stream().map(value -> producer.send(record(value))).toList();
    producer.flush();
    for (var each : sent) {
      each.get();
    }
  }

  ProducerRecord<String, String> record(String value) {
    return new ProducerRecord<>(name, 0, null, value);
  }

  /** A further producer, without linger. */
  KafkaProducer<String, String> producer(Map<String, Object> settings) {
    var all = new HashMap<String, Object>(settings);
    all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, trial.kafka().bootstrapServers());
    all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    return trial.opened(new KafkaProducer<>(all, new StringSerializer(), new StringSerializer()));
  }

  /**
   * A consumer that begins at the offset that its group has committed, or at the first record. The
   * partition is assigned by hand, so a consumer that crashed holds nothing back.
   */
  TopicReader reader(String group) {
    var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                trial.kafka().bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                group + " of " + name,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new StringDeserializer(),
            new StringDeserializer());
    return new TopicReader(trial.opened(consumer), new TopicPartition(name, 0));
  }

  /** All records that are committed, in order. */
  public List<String> values() {
    return reader("audit").poll();
  }
}
