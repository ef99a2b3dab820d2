package dev.mall.messaging.outbox.relay;

import dev.mall.messaging.MessagingProperties;
import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.messaging.kafka.TopicInitializer;
import dev.mall.messaging.outbox.CommitNotifications;
import dev.mall.messaging.outbox.CommittedRows;
import dev.mall.messaging.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The relay that publishes the outbox, its quarantine, endpoints and metrics. */
@AutoConfiguration(after = {JdbcClientAutoConfiguration.class, KafkaAutoConfiguration.class})
@EnableConfigurationProperties({OutboxProperties.class})
class RelayAutoConfiguration {

  @Bean
  OutboxStore outboxStore(JdbcClient jdbc) {
    return new OutboxStore(jdbc);
  }

  @Bean
  OutboxQuarantine outboxQuarantine(
      JdbcClient jdbc,
      Outbox outbox,
      PlatformTransactionManager transactions,
      CommitNotifications notifications,
      MessageCodec codec,
      @Value("${spring.application.name}") String service) {
    return new OutboxQuarantine(
        jdbc, outbox, new TransactionTemplate(transactions), notifications, codec, service);
  }

  @Bean
  QuarantineEndpoint quarantineEndpoint(OutboxQuarantine quarantine) {
    return new QuarantineEndpoint(quarantine);
  }

  @Bean
  OutboxMetrics outboxMetrics(OutboxStore store, OutboxQuarantine quarantine) {
    return new OutboxMetrics(store, quarantine);
  }

  /** The relay closes a producer to drop what it holds, perhaps because it is stuck. */
  @Bean
  DefaultKafkaProducerFactoryCustomizer producersCloseAtOnce() {
    return producers -> producers.setPhysicalCloseTimeout(0);
  }

  @Bean
  OutboxPublisher outboxPublisher(ProducerFactory<String, byte[]> producers, MessageCodec codec) {
    return new OutboxPublisher(producers, codec);
  }

  @Bean
  OutboxDrain outboxDrain(
      OutboxStore store,
      OutboxPublisher publisher,
      OutboxQuarantine quarantine,
      TopicInitializer topics,
      MessagingProperties messaging,
      OutboxProperties properties,
      MeterRegistry meters) {
    return new OutboxDrain(
        store,
        publisher,
        quarantine,
        topics::createMissing,
        OutboxDrain.Limits.of(messaging, properties),
        meters);
  }

  @Bean
  OutboxRelay outboxRelay(
      OutboxDrain drain,
      OutboxPublisher publisher,
      JdbcClient jdbc,
      MessagingProperties properties,
      CommitNotifications notifications,
      CommittedRows committed) {
    var relay = new OutboxRelay(drain, publisher, committed, new Leases(jdbc), properties);
    notifications.subscribe(Outbox.CHANNEL, relay::wakeUp, relay::isLeading);
    return relay;
  }

  @Bean
  OutboxEndpoint outboxEndpoint(OutboxStore store, OutboxRelay relay) {
    return new OutboxEndpoint(store, relay);
  }
}
