package dev.mall.messaging.database;

import static dev.mall.runtime.SettingChecks.requirePositive;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How schema migrations wait for their locks.
 *
 * @param lockTimeout longest time a migration waits for a lock, and so makes writers wait behind
 *     it; above zero
 * @param lockAttempts how often a migration that did not get its lock is tried before the start
 *     fails, 1–100
 */
@Validated
@ConfigurationProperties("mall.migrations")
record MigrationProperties(
    @DefaultValue("2s") Duration lockTimeout,
    @DefaultValue("30") @Min(1) @Max(100) int lockAttempts) {

  MigrationProperties {
    requirePositive("mall.migrations.lock-timeout", lockTimeout);
  }
}
