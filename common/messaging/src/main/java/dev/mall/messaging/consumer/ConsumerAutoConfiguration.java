package dev.mall.messaging.consumer;

import dev.mall.messaging.MessagingProperties;
import dev.mall.messaging.consumer.failure.DeadLetters;
import dev.mall.messaging.database.DatabaseClock;
import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.messaging.envelope.MessageTracing;
import dev.mall.messaging.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Batch consumers, their endpoint and their supervisor. */
@AutoConfiguration(after = {JdbcClientAutoConfiguration.class, KafkaAutoConfiguration.class})
@EnableConfigurationProperties({ConsumerProperties.class})
class ConsumerAutoConfiguration {

  @Bean
  IdleCommits idleCommits() {
    return new IdleCommits();
  }

  @Bean
  BatchListeners batchListeners(
      DeadLetters deadLetters,
      MessagingProperties properties,
      IdleCommits idleCommits,
      ObjectProvider<OpenTelemetry> telemetry) {
    return new BatchListeners(
        deadLetters,
        new MessageTracing(telemetry.getIfAvailable(OpenTelemetry::noop)),
        idleCommits,
        properties.attempts());
  }

  @Bean
  DeadLetters deadLetterWriter(
      Outbox outbox,
      PlatformTransactionManager transactions,
      MessageCodec codec,
      MeterRegistry meters) {
    return new DeadLetters(outbox, new TransactionTemplate(transactions), codec, meters);
  }

  @Bean
  ConsumerRegistry consumerRegistry(
      @Value("${spring.application.name}") String service,
      MessagingProperties properties,
      ConsumerProperties consuming,
      MeterRegistry meters) {
    return new ConsumerRegistry(service, properties, consuming, meters);
  }

  @Bean
  KafkaConsumers consumers(
      ConsumerFactory<String, byte[]> factory,
      MessageCodec codec,
      BatchListeners listeners,
      ConsumerRegistry registry,
      MessagingProperties properties,
      DatabaseClock clock) {
    return new KafkaConsumers(factory, codec, listeners, registry, properties, clock::now);
  }

  @Bean
  ConsumersEndpoint consumersEndpoint(ConsumerRegistry registry) {
    return new ConsumersEndpoint(registry);
  }

  @Bean
  ConsumerSupervisor consumerSupervisor(
      ObjectProvider<MessageListenerContainer> containers, MeterRegistry meters) {
    return new ConsumerSupervisor(containers, meters);
  }
}
