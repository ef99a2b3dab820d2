/**
 * Chapter 11: tasks that several workers share, and workers that crash, fail, or have another time.
 */
@NullMarked
package dev.mall.lab.scheduling;

import org.jspecify.annotations.NullMarked;
