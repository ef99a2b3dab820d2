package dev.mall.messaging.database;

import dev.mall.messaging.MessagingProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The database's clock, and scans by it. */
@AutoConfiguration(after = {JdbcClientAutoConfiguration.class, KafkaAutoConfiguration.class})
class DatabaseAutoConfiguration {

  @Bean
  DatabaseClock databaseClock(JdbcClient jdbc) {
    return new DatabaseClock(jdbc);
  }

  /** Each scan has one of its own. */
  @Bean
  @Scope("prototype")
  TimeFloor timeFloor(MessagingProperties properties) {
    return new TimeFloor(properties.transactionTimeout());
  }
}
