/** The saga engine: pure, without knowledge of the shop's domain. */
@NullMarked
package dev.mall.saga.engine;

import org.jspecify.annotations.NullMarked;
