package dev.mall.messaging.retention;

import dev.mall.messaging.MessagingProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The job that archives or deletes settled rows. */
@AutoConfiguration(after = {JdbcClientAutoConfiguration.class, KafkaAutoConfiguration.class})
@EnableConfigurationProperties({RetentionProperties.class})
class RetentionAutoConfiguration {

  @Bean
  RetentionJob retentionJob(
      List<RetentionTask> tasks,
      JdbcClient jdbc,
      RetentionProperties retention,
      MessagingProperties messaging,
      MeterRegistry meters) {
    return new RetentionJob(tasks, jdbc, retention, messaging.horizon(), meters);
  }
}
