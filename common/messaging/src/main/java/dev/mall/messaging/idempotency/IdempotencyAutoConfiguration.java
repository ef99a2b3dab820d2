package dev.mall.messaging.idempotency;

import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.messaging.retention.RetentionTask;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The stored replies. */
@AutoConfiguration(after = {JdbcClientAutoConfiguration.class, KafkaAutoConfiguration.class})
class IdempotencyAutoConfiguration {

  @Bean
  ReplyLog replyLog(JdbcClient jdbc, MessageCodec codec, Outbox outbox) {
    return new ReplyLog(jdbc, codec, outbox);
  }

  @Bean
  RetentionTask replyRetention() {
    return new ReplyRetention();
  }
}
