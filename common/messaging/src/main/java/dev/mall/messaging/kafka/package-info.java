/** Topics, and Kafka clients under a clock that moves. */
@NullMarked
package dev.mall.messaging.kafka;

import org.jspecify.annotations.NullMarked;
