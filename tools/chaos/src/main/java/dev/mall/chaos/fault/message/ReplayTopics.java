package dev.mall.chaos.fault.message;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.mall.Mall;
import dev.mall.contracts.wire.Topics;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Every message of every topic comes again, from the beginning; what is a repeat already stays. */
public record ReplayTopics() implements Fault {

  private static final String REPEAT = "chaos-repeat";

  @Override
  public String kind() {
    return "every topic replayed";
  }

  @Override
  public int share() {
    return 3;
  }

  @Override
  public void strike(Mall mall, RandomGenerator random) {
    var servers = mall.kafkaServers();
    TopicClient.write(
        servers,
        send ->
            Topics.ALL.forEach(
                topic -> TopicClient.read(servers, topic, record -> repeat(record, send))));
  }

  private static void repeat(
      ConsumerRecord<byte[], byte[]> record, Consumer<ProducerRecord<byte[], byte[]>> send) {
    if (record.headers().lastHeader(REPEAT) == null) {
      record.headers().add(REPEAT, new byte[0]);
      send.accept(
          new ProducerRecord<>(
              record.topic(), record.partition(), record.key(), record.value(), record.headers()));
    }
  }
}
