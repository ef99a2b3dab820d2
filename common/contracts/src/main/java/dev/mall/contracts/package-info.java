/** Messages between services: commands, replies and events. JDK types only. */
@NullMarked
package dev.mall.contracts;

import org.jspecify.annotations.NullMarked;
