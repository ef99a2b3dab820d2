/** Customers, and what they were promised. */
@NullMarked
package dev.mall.chaos.shop;

import org.jspecify.annotations.NullMarked;
