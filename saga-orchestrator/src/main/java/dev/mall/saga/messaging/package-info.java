/** Kafka consumers of sagas; translation only. */
@NullMarked
package dev.mall.saga.messaging;

import org.jspecify.annotations.NullMarked;
