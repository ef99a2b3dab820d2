package dev.mall.messaging.outbox;

import dev.mall.messaging.envelope.MessageCodec;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The outbox that handlers append to. */
@AutoConfiguration(after = {JdbcClientAutoConfiguration.class, KafkaAutoConfiguration.class})
class OutboxAutoConfiguration {

  @Bean
  CommittedRows committedRows() {
    return new CommittedRows();
  }

  @Bean
  Outbox outbox(
      JdbcClient jdbc,
      MessageCodec codec,
      CommitNotifications notifications,
      CommittedRows committed) {
    return new Outbox(jdbc, codec, notifications, committed);
  }

  @Bean
  CommitNotifications commitNotifications(JdbcConnectionDetails database) {
    return new CommitNotifications(database);
  }
}
