package dev.mall.messaging.consumer;

import dev.mall.contracts.Message;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.MessagingProperties;
import dev.mall.messaging.consumer.failure.RereadingErrorHandler;
import dev.mall.messaging.envelope.DeadLetter;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.messaging.envelope.MessageCodec.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.ExponentialBackOff;

/** Consumers on Kafka, in groups named after service and consumer. */
final class KafkaConsumers implements Consumers {

  private static final Logger log = LoggerFactory.getLogger(KafkaConsumers.class);
  private static final long FIRST_RETRY_MILLIS = 100;
  private static final long SILENT_MILLIS = 5_000;

  /**
   * After a negative acknowledgment Spring polls its paused partitions for this long, however short
   * the pause; by default 5 s.
   */
  private static final long POLL_MILLIS = 200;

  private final ConsumerFactory<String, byte[]> factory;
  private final MessageCodec codec;
  private final BatchListeners listeners;
  private final ConsumerRegistry registry;
  private final MessagingProperties properties;
  private final Supplier<Instant> now;

  /**
   * @param now the database's clock, by which messages expire
   */
  KafkaConsumers(
      ConsumerFactory<String, byte[]> factory,
      MessageCodec codec,
      BatchListeners listeners,
      ConsumerRegistry registry,
      MessagingProperties properties,
      Supplier<Instant> now) {
    this.factory = factory;
    this.codec = codec;
    this.listeners = listeners;
    this.registry = registry;
    this.properties = properties;
    this.now = now;
  }

  @Override
  public <M extends Message> MessageListenerContainer messages(
      String name,
      Set<Class<? extends M>> types,
      List<String> topics,
      BatchWork<InboundMessage<M>> work) {
    return container(name, maxPollRecords(), topics, reader(types), work);
  }

  @Override
  public <M extends Message> MessageListenerContainer singleMessages(
      String name,
      Set<Class<? extends M>> types,
      List<String> topics,
      Consumer<InboundMessage<M>> work) {
    return container(name, 1, topics, reader(types), batch -> batch.forEach(work));
  }

  private <M extends Message>
      Function<ConsumerRecord<String, byte[]>, Reading<InboundMessage<M>>> reader(
          Set<Class<? extends M>> types) {
    return record -> codec.read(record, types, now.get().minus(properties.horizon()));
  }

  @Override
  public MessageListenerContainer deadLetters(
      String name, List<String> topics, BatchWork<DeadLetter> work) {
    var deadTopics = topics.stream().map(Topics::deadLettersOf).toList();
    return container(name, maxPollRecords(), deadTopics, codec::readDeadLetter, work);
  }

  private <T> MessageListenerContainer container(
      String name,
      int maxBatch,
      List<String> topics,
      Function<ConsumerRecord<String, byte[]>, Reading<T>> reader,
      BatchWork<T> work) {
    var progress = registry.add(name, maxBatch);
    var settings = new ContainerProperties(topics.toArray(String[]::new));
    settings.setGroupId(progress.name());
    settings.setPollTimeout(POLL_MILLIS);
    settings.setAckMode(AckMode.MANUAL); // the listener says how far it came
    settings.setSyncCommits(false); // a repeat changes nothing, so there is nothing to wait for
    settings.setCommitCallback((_, failure) -> noteUncommitted(name, failure));
    settings.setAuthExceptionRetryInterval(properties.retryAtMost());
    settings.setIdlePartitionEventInterval(SILENT_MILLIS);
    settings.setMessageListener(listeners.listener(reader, work, progress));
    var container = new ConcurrentMessageListenerContainer<>(factory, settings);
    container.setConcurrency(properties.concurrency());
    container.setBeanName(name);
    container.setCommonErrorHandler(retryIndefinitely());
    container.setAutoStartup(false); // ConsumerSupervisor starts it
    return container;
  }

  private int maxPollRecords() {
    var configured =
        factory.getConfigurationProperties().get(ConsumerConfig.MAX_POLL_RECORDS_CONFIG);
    return configured == null
        ? ConsumerConfig.DEFAULT_MAX_POLL_RECORDS
        : Integer.parseInt(configured.toString());
  }

  /** The next commit covers what this one did not; only a repeat can come of it. */
  private static void noteUncommitted(String consumer, @Nullable Exception failure) {
    switch (failure) {
      case null -> {}
      case RebalanceInProgressException _ -> log.debug("{}: partitions are moving", consumer);
      default -> log.warn("{}: offsets were not committed: {}", consumer, failure.toString());
    }
  }

  /** For failures of the listener itself, which answers for those of messages, and of commits. */
  private RereadingErrorHandler retryIndefinitely() {
    var pauses = new ExponentialBackOff(FIRST_RETRY_MILLIS, 2);
    pauses.setMaxInterval(properties.retryAtMost().toMillis());
    return new RereadingErrorHandler(pauses);
  }
}
