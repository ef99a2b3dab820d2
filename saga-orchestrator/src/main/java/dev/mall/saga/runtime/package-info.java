/** Runs sagas in batches: one transaction per batch, timers, metrics. */
@NullMarked
package dev.mall.saga.runtime;

import org.jspecify.annotations.NullMarked;
