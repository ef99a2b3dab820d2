package dev.mall.messaging;

import static dev.mall.runtime.SettingChecks.requirePositive;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How this service reads and publishes messages.
 *
 * @param relayBatch rows published per scan of the outbox, 1–5000
 * @param relayPollInterval pause after an empty scan, if no commit wakes the relay before; after
 *     several of them a third of {@code relayLease}, if that is longer; above zero
 * @param relayLease how long a relay leads without renewing; a stopped leader is replaced after
 *     this time; at least 1 s
 * @param transactionTimeout longest time any transaction may be open, as set on the database
 *     connections; above zero
 * @param retryAtMost longest backoff between attempts while the database is unavailable; above zero
 * @param attempts how often a message is tried by itself before it is dead-lettered, 1–10
 * @param horizon how long decisions are remembered; an older message is dead-lettered unread; above
 *     zero
 * @param partitions of each topic that this service creates, 1–1000
 * @param replicationFactor of each topic that this service creates, 1–10
 * @param concurrency threads of this replica that read for each consumer, 1–100; more than a topic
 *     has {@code partitions} would idle, and are refused
 */
@Validated
@ConfigurationProperties("mall.messaging")
public record MessagingProperties(
    @DefaultValue("1000") @Min(1) @Max(5000) int relayBatch,
    @DefaultValue("500ms") Duration relayPollInterval,
    @DefaultValue("5s") Duration relayLease,
    @DefaultValue("20s") Duration transactionTimeout,
    @DefaultValue("5s") Duration retryAtMost,
    @DefaultValue("3") @Min(1) @Max(10) int attempts,
    @DefaultValue("30d") Duration horizon,
    @DefaultValue("6") @Min(1) @Max(1000) int partitions,
    @DefaultValue("1") @Min(1) @Max(10) int replicationFactor,
    @DefaultValue("1") @Min(1) @Max(100) int concurrency) {

  public MessagingProperties {
    requirePositive("mall.messaging.relay-poll-interval", relayPollInterval);
    requirePositive("mall.messaging.transaction-timeout", transactionTimeout);
    requirePositive("mall.messaging.retry-at-most", retryAtMost);
    requirePositive("mall.messaging.horizon", horizon);
    if (concurrency > partitions) {
      throw new IllegalArgumentException(
          "mall.messaging.concurrency must not be above mall.messaging.partitions");
    }
    if (relayLease.toMillis() < 1000) {
      throw new IllegalArgumentException("mall.messaging.relay-lease must be at least 1s");
    }
  }
}
