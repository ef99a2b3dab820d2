/** Lock providers side by side: the guarantees that hold, and their costs. */
@NullMarked
package dev.mall.lab.locks.comparison;

import org.jspecify.annotations.NullMarked;
