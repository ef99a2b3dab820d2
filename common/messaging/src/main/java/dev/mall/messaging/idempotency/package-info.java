/** Replies that were given, so that a repeated command gets the same one. */
@NullMarked
package dev.mall.messaging.idempotency;

import org.jspecify.annotations.NullMarked;
