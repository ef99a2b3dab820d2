package dev.mall.messaging.database;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;

/** Flyway for a service with a PostgreSQL database. */
@AutoConfiguration(before = FlywayAutoConfiguration.class)
@EnableConfigurationProperties(MigrationProperties.class)
class MigrationsAutoConfiguration {

  @Bean
  Migrations migrations(JdbcConnectionDetails database, MigrationProperties properties) {
    return new Migrations(database, properties);
  }
}
