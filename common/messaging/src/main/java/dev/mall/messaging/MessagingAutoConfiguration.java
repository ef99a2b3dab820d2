package dev.mall.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaAdmin.NewTopics;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The messaging kit of a service: it needs a PostgreSQL database and Kafka. */
@AutoConfiguration(after = {JdbcClientAutoConfiguration.class, KafkaAutoConfiguration.class})
@EnableConfigurationProperties({
  ConsumerProperties.class,
  MessagingProperties.class,
  OutboxProperties.class,
  SweepProperties.class
})
class MessagingAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  MessageCodec messageCodec(@Value("${spring.application.name}") String service) {
    return new MessageCodec(service);
  }

  @Bean
  Outbox outbox(JdbcClient jdbc, MessageCodec codec, CommitSignals signals) {
    return new Outbox(jdbc, codec, signals);
  }

  @Bean
  Decisions decisions(JdbcClient jdbc, MessageCodec codec) {
    return new Decisions(jdbc, codec);
  }

  @Bean
  CommitSignals commitSignals(JdbcConnectionDetails database) {
    return new CommitSignals(database);
  }

  @Bean
  OutboxStore outboxStore(JdbcClient jdbc) {
    return new OutboxStore(jdbc);
  }

  @Bean
  OutboxQuarantine outboxQuarantine(
      JdbcClient jdbc,
      Outbox outbox,
      PlatformTransactionManager transactions,
      CommitSignals signals,
      MessageCodec codec,
      @Value("${spring.application.name}") String service) {
    return new OutboxQuarantine(
        jdbc, outbox, new TransactionTemplate(transactions), signals, codec, service);
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
  Shipper shipper(ProducerFactory<String, byte[]> producers, MessageCodec codec) {
    return new Shipper(producers, codec);
  }

  @Bean
  OutboxDrain outboxDrain(
      OutboxStore store,
      Shipper shipper,
      OutboxQuarantine quarantine,
      TopicsMaker topics,
      MessagingProperties messaging,
      OutboxProperties properties,
      MeterRegistry meters) {
    return new OutboxDrain(
        store, shipper, quarantine, topics::makeMissing, messaging, properties, meters);
  }

  @Bean
  OutboxRelay outboxRelay(
      OutboxDrain drain,
      Shipper shipper,
      JdbcClient jdbc,
      MessagingProperties properties,
      CommitSignals signals) {
    var relay = new OutboxRelay(drain, shipper, new Leases(jdbc), properties);
    signals.subscribe(Outbox.CHANNEL, relay::wakeUp, relay::isLeading);
    return relay;
  }

  @Bean
  OutboxEndpoint outboxEndpoint(OutboxStore store, OutboxRelay relay) {
    return new OutboxEndpoint(store, relay);
  }

  @Bean
  IdleCommits idleCommits() {
    return new IdleCommits();
  }

  @Bean
  KafkaConsumers consumers(
      ConsumerFactory<String, byte[]> factory,
      Outbox outbox,
      PlatformTransactionManager transactions,
      MessageCodec codec,
      MessagingProperties properties,
      ConsumerProperties consuming,
      IdleCommits idleCommits,
      MeterRegistry meters,
      JdbcClient jdbc,
      ObjectProvider<OpenTelemetry> telemetry,
      @Value("${spring.application.name}") String service) {
    return new KafkaConsumers(
        factory,
        codec,
        new DeadLetters(outbox, new TransactionTemplate(transactions), codec, meters),
        new MessageTracing(telemetry.getIfAvailable(OpenTelemetry::noop)),
        properties,
        consuming,
        idleCommits,
        meters,
        new DatabaseClock(jdbc)::now,
        service);
  }

  @Bean
  ConsumersEndpoint consumersEndpoint(KafkaConsumers consumers) {
    return new ConsumersEndpoint(consumers);
  }

  @Bean
  ConsumerSupervisor consumerSupervisor(
      ObjectProvider<MessageListenerContainer> containers, MeterRegistry meters) {
    return new ConsumerSupervisor(containers, meters);
  }

  @Bean
  ClockWatch clockWatch(
      ConsumerSupervisor consumers, OutboxRelay relay, ApplicationEventPublisher events) {
    return new ClockWatch(
        ClockWatch::aheadMillis,
        () -> {
          consumers.restart(); // first, since it returns at once
          events.publishEvent(new ClockSetBack());
          relay.startAnew();
        });
  }

  /** Each scan has one of its own. */
  @Bean
  @Scope("prototype")
  TimeFloor timeFloor(MessagingProperties properties) {
    return new TimeFloor(properties.transactionTimeout());
  }

  @Bean
  Sweep decisionSweep() {
    return new DecisionSweep();
  }

  @Bean
  Sweeper sweeper(
      List<Sweep> sweeps,
      JdbcClient jdbc,
      SweepProperties sweeping,
      MessagingProperties properties,
      MeterRegistry meters) {
    return new Sweeper(sweeps, jdbc, sweeping, properties.horizon(), meters);
  }

  @Bean
  TopicsMaker topicsMaker(KafkaAdmin admin) {
    return new TopicsMaker(admin);
  }

  @Bean
  NewTopics mallTopics(MessagingProperties properties) {
    return new NewTopics(KafkaTopics.all(properties));
  }
}
