package dev.mall.messaging.database;

import dev.mall.messaging.MessagingProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;

/** Scans by the database's clock. */
@AutoConfiguration(after = {JdbcClientAutoConfiguration.class, KafkaAutoConfiguration.class})
class DatabaseAutoConfiguration {

  /** Each scan has one of its own. */
  @Bean
  @Scope("prototype")
  TimeFloor timeFloor(MessagingProperties properties) {
    return new TimeFloor(properties.transactionTimeout());
  }
}
