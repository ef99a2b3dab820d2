package dev.mall.messaging.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.embedded.KafkaServer;
import dev.mall.testing.Infrastructure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Consumers that cannot start, or that end although no one stopped them. */
class ConsumerSupervisorIT {

  private static KafkaServer kafka;

  private final List<String> read = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Error> error = new AtomicReference<>();
  private final AtomicBoolean resolvable = new AtomicBoolean(true);
  private final AtomicBoolean refused = new AtomicBoolean();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private String topic;
  private MessageListenerContainer container;
  private ConsumerSupervisor supervisor;

  @BeforeAll
  static void startKafka() {
    kafka = Infrastructure.newKafka();
    kafka.start();
  }

  @AfterAll
  static void closeKafka() {
    kafka.close();
  }

  @BeforeEach
  void supervise(TestInfo test) {
    topic = test.getTestMethod().orElseThrow().getName();
    send("first");
    container = container();
    var beans = new StaticListableBeanFactory();
    beans.addBean("container", container);
    supervisor =
        new ConsumerSupervisor(beans.getBeanProvider(MessageListenerContainer.class), meters);
  }

  @AfterEach
  void stop() {
    supervisor.stop();
    container.stop();
  }

  @Test
  void startsAConsumerAsSoonAsTheBrokersNameResolves() {
    resolvable.set(false);
    supervisor.start();
    await().until(() -> meters.find("mall.consumer.running").gauge() != null);
    await().during(Duration.ofSeconds(2)).until(() -> running() == 0);

    resolvable.set(true);

    await().until(() -> read.contains("first"));
    assertThat(running()).isEqualTo(1);
  }

  @Test
  void restartsAConsumerThatAnErrorEnded() {
    supervisor.start();
    await().until(() -> read.contains("first"));
    error.set(new OutOfMemoryError("as a test has it"));

    send("second");

    await().until(() -> read.contains("second"));
    await().until(() -> running() == 1);
  }

  @Test
  void restartsAConsumerThatTheBrokerRefused() {
    refused.set(true);
    supervisor.start();

    await().until(() -> read.contains("first"));

    assertThat(refused).isFalse();
    await().until(() -> running() == 1);
  }

  @Test
  void restartsAllWhenAskedToAlsoIfTheNameDoesNotResolveJustThen() {
    supervisor.start();
    await().until(() -> read.contains("first"));
    resolvable.set(false);
    supervisor.restart();
    await().until(() -> running() == 0);

    resolvable.set(true);
    send("second");

    await().until(() -> read.contains("second"));
  }

  @Test
  void leavesAConsumerAloneThatWasStopped() {
    supervisor.start();
    await().until(() -> read.contains("first"));

    container.stop();

    await().during(Duration.ofSeconds(3)).until(() -> !container.isRunning());
  }

  /** As when a context is paused and resumed. */
  @Test
  void startsTheConsumersAgainWhenItIsStartedAgain() {
    supervisor.start();
    await().until(() -> read.contains("first"));
    supervisor.stop();
    container.stop();
    send("second");

    supervisor.start();

    await().until(() -> read.contains("second"));
  }

  private double running() {
    return meters.get("mall.consumer.running").gauge().value();
  }

  private MessageListenerContainer container() {
    var settings = new ContainerProperties(topic);
    settings.setGroupId(topic);
    settings.setMessageListener(
        (MessageListener<String, String>)
            record -> {
              var failure = error.getAndSet(null);
              if (failure != null) {
                throw failure;
              }
              read.add(record.value());
            });
    return new ConcurrentMessageListenerContainer<>(new Consumers(consumerConfig()), settings);
  }

  private static Map<String, Object> consumerConfig() {
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        kafka.bootstrapServers(),
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
        StringDeserializer.class,
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
        StringDeserializer.class,
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
        "earliest");
  }

  /** Fails as Kafka's client does while no name resolves. */
  private final class Consumers extends DefaultKafkaConsumerFactory<String, String> {

    Consumers(Map<String, Object> config) {
      super(config);
    }

    @Override
    protected Consumer<String, String> createKafkaConsumer(Map<String, Object> config) {
      if (resolvable.get()) {
        return refusable(super.createKafkaConsumer(config));
      }
      var unresolvable = new HashMap<>(config);
      unresolvable.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "no-such-host.invalid:9092");
      return super.createKafkaConsumer(unresolvable);
    }
  }

  /** A consumer that the broker refuses to serve once, as after a lost privilege. */
  @SuppressWarnings("unchecked")
  private Consumer<String, String> refusable(Consumer<String, String> consumer) {
    return (Consumer<String, String>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Consumer.class},
            (_, method, arguments) -> {
              if (method.getName().equals("poll") && refused.getAndSet(false)) {
                throw new TopicAuthorizationException(Set.of(topic));
              }
              try {
                return method.invoke(consumer, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }

  private void send(String value) {
    var settings = new Properties();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, value));
    }
  }
}
