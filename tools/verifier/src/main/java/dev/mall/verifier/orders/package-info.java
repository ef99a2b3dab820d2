/** Whether the services agree about each order. */
@NullMarked
package dev.mall.verifier.orders;

import org.jspecify.annotations.NullMarked;
