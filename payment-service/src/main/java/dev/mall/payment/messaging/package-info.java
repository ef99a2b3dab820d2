/** Payment commands from Kafka; translation only. */
@NullMarked
package dev.mall.payment.messaging;

import org.jspecify.annotations.NullMarked;
