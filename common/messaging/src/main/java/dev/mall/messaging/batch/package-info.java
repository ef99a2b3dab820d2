/** Handles concurrent requests in shared transactions. */
@NullMarked
package dev.mall.messaging.batch;

import org.jspecify.annotations.NullMarked;
