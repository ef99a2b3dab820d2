/**
 * Publishes outbox rows to Kafka in order, bounded in rows, bytes and time; quarantines rows that
 * can never be sent.
 */
@NullMarked
package dev.mall.messaging.outbox.relay;

import org.jspecify.annotations.NullMarked;
