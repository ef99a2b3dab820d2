/** Stock commands from Kafka; translation only. */
@NullMarked
package dev.mall.inventory.messaging;

import org.jspecify.annotations.NullMarked;
