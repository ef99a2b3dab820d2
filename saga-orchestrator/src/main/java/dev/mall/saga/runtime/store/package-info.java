/** The SQL of sagas: their rows, timelines, deferred signals and paused steps. */
@NullMarked
package dev.mall.saga.runtime.store;

import org.jspecify.annotations.NullMarked;
