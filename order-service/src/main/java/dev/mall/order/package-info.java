/** Takes orders, owns their life, answers what became of them. */
@NullMarked
package dev.mall.order;

import org.jspecify.annotations.NullMarked;
