/** Stock commands as they come from Kafka. */
@NullMarked
package dev.mall.inventory.messaging;

import org.jspecify.annotations.NullMarked;
