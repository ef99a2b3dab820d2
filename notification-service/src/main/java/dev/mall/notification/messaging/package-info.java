/** Notification commands from Kafka; translation only. */
@NullMarked
package dev.mall.notification.messaging;

import org.jspecify.annotations.NullMarked;
