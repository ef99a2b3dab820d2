/** Orders of customers whose payments are declined one after the other. */
@NullMarked
package dev.mall.order.declines;

import org.jspecify.annotations.NullMarked;
