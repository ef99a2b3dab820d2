/** Makes orders final on the saga's command. */
@NullMarked
package dev.mall.order.settle;

import org.jspecify.annotations.NullMarked;
