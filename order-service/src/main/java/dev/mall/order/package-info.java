/** Accepts orders, owns their state, and answers queries about them. */
@NullMarked
package dev.mall.order;

import org.jspecify.annotations.NullMarked;
