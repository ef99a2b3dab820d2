package dev.mall.messaging.kafka;

/**
 * Published when this machine's clock was set back: a waiting Kafka client would keep waiting until
 * the clock has caught up, so its owner closes it and makes another.
 */
public record ClockSetBack() {}
