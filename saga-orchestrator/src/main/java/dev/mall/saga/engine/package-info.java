/**
 * Sagas in general: what one is made of, what it does next, and how its state is kept. Knows
 * nothing of shops.
 */
@NullMarked
package dev.mall.saga.engine;

import org.jspecify.annotations.NullMarked;
