/** Chapter 1: locks. */
@NullMarked
package dev.mall.lab.locks;

import org.jspecify.annotations.NullMarked;
