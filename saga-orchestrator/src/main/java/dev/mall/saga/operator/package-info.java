/** Parts that the areas of the operator have in common. */
@NullMarked
package dev.mall.saga.operator;

import org.jspecify.annotations.NullMarked;
