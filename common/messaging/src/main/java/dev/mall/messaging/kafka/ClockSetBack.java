package dev.mall.messaging.kafka;

/**
 * Published when this machine's clock was set back: a Kafka client that waits would go on waiting
 * until the clock has caught up, so its owner closes it and makes another.
 */
public record ClockSetBack() {}
