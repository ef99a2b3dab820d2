package dev.mall.messaging;

import com.zaxxer.hikari.HikariDataSource;
import dev.mall.embedded.KafkaServer;
import dev.mall.embedded.PostgresServer;
import dev.mall.testing.Infrastructure;
import dev.mall.testing.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A PostgreSQL and a Kafka of a test class's own, so that it may stop them. */
public final class Servers implements AutoCloseable {

  public final PostgresServer postgres = Infrastructure.newPostgres();
  public final KafkaServer kafka = Infrastructure.newKafka();

  public Servers() {
    postgres.start();
    kafka.start();
  }

  /** A new database with the kit's tables, or more of them in the one that {@code url} names. */
  public String newDatabase() {
    var name = "mall_" + UUID.randomUUID().toString().replace("-", "");
    postgres.createDatabase(name);
    Schema.migrate(postgres.dataSource(name), "kit");
    return name;
  }

  public HikariDataSource pool(String database) {
    var pool = new HikariDataSource();
    pool.setDataSource(postgres.dataSource(database));
    pool.setConnectionTimeout(2000);
    pool.setMaximumPoolSize(8);
    return pool;
  }

  /** Of a producer that soon knows when the broker is down. */
  public Map<String, Object> producerConfig() {
    var config = patientProducerConfig();
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1000);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 1000);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2000);
    return config;
  }

  private Map<String, Object> patientProducerConfig() {
    var config = new HashMap<String, Object>();
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return config;
  }

  Map<String, Object> consumerConfig() {
    var config = new HashMap<String, Object>();
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 1000);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return config;
  }

  /** Sends a record as it is, as foreign software would. */
  public void send(String topic, String key, Map<String, String> headers, byte[] body)
      throws Exception {
    send(Records.outgoing(topic, key, headers, body));
  }

  public void send(ProducerRecord<String, byte[]> record) throws Exception {
    var settings = new Properties();
    settings.putAll(patientProducerConfig());
    try (var producer = new KafkaProducer<String, byte[]>(settings)) {
      producer.send(record).get();
    }
  }

  /** Reads {@code topic} from its beginning until {@code enough}. */
  public List<ConsumerRecord<String, byte[]>> read(
      String topic, Predicate<List<ConsumerRecord<String, byte[]>>> enough) {
    var found = new ArrayList<ConsumerRecord<String, byte[]>>();
    var settings = new Properties();
    settings.putAll(consumerConfig());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, UUID.randomUUID().toString());
    var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    try (var consumer = new KafkaConsumer<String, byte[]>(settings)) {
      consumer.subscribe(List.of(topic));
      while (!enough.test(found)) {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
        if (System.nanoTime() > deadline) {
          throw new AssertionError(
              "%s holds only %d records: %s".formatted(topic, found.size(), found));
        }
      }
    }
    return found;
  }

  @Override
  public void close() {
    kafka.close();
    postgres.close();
  }
}
