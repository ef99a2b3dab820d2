package dev.mall.messaging.envelope;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The codec of messages. */
@AutoConfiguration(after = {JdbcClientAutoConfiguration.class, KafkaAutoConfiguration.class})
class EnvelopeAutoConfiguration {

  @Bean
  MessageCodec messageCodec(@Value("${spring.application.name}") String service) {
    return new MessageCodec(service);
  }
}
