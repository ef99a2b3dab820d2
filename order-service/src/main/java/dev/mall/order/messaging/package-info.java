/** Kafka consumers: batches to use cases, translation only. */
@NullMarked
package dev.mall.order.messaging;

import org.jspecify.annotations.NullMarked;
