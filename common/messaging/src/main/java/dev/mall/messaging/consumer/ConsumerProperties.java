package dev.mall.messaging.consumer;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When consumers stop believing that messages are to blame.
 *
 * @param suspiciousFailures so many messages that failed alone in the same way, without one that
 *     succeeded in between, pause the consumer instead of being dead-lettered; 2–500
 */
@Validated
@ConfigurationProperties("mall.messaging.consumer")
record ConsumerProperties(@DefaultValue("10") @Min(2) @Max(500) int suspiciousFailures) {}
