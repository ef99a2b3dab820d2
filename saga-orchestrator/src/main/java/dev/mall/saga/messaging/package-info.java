/** Brings sagas what Kafka has for them; translation only. */
@NullMarked
package dev.mall.saga.messaging;

import org.jspecify.annotations.NullMarked;
