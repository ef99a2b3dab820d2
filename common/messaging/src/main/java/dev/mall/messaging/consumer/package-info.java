/** Batch consumers: one poll is one transaction. */
@NullMarked
package dev.mall.messaging.consumer;

import org.jspecify.annotations.NullMarked;
