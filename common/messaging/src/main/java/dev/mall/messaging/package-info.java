/**
 * How services speak: the envelope, the transactional outbox and its relay, the batch consumer and
 * what becomes of messages it cannot handle. Knows no business.
 */
@NullMarked
package dev.mall.messaging;

import org.jspecify.annotations.NullMarked;
