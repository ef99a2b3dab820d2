/** A shopping cart on replicas that both accept changes, and three ways in which they converge. */
@NullMarked
package dev.mall.lab.partitions.cart;

import org.jspecify.annotations.NullMarked;
