/** Archives or deletes settled rows older than the retention period. */
@NullMarked
package dev.mall.messaging.retention;

import org.jspecify.annotations.NullMarked;
