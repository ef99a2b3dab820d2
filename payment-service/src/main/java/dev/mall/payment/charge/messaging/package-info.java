/** Payment commands from Kafka; translation only. */
@NullMarked
package dev.mall.payment.charge.messaging;

import org.jspecify.annotations.NullMarked;
