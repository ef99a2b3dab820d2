/** Chapter 3: clocks, and the order of events. */
@NullMarked
package dev.mall.lab.clocks;

import org.jspecify.annotations.NullMarked;
