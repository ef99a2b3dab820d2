/** Notifies customers of the outcome of their orders, once. */
@NullMarked
package dev.mall.notification;

import org.jspecify.annotations.NullMarked;
