/** Classifies failures of a batch: retry, dead letter or pause. */
@NullMarked
package dev.mall.messaging.consumer.failure;

import org.jspecify.annotations.NullMarked;
