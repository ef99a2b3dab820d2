/** Chapter 5: CAP and partitions. */
@NullMarked
package dev.mall.lab.partitions;

import org.jspecify.annotations.NullMarked;
