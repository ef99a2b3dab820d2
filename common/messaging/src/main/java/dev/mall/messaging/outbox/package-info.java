/** The transactional outbox, written side, and the notifications of committed rows. */
@NullMarked
package dev.mall.messaging.outbox;

import org.jspecify.annotations.NullMarked;
