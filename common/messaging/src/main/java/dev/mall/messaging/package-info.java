/**
 * How services speak: the envelope, the transactional outbox and its relay, the batch consumer and
 * the handling of its failures. Knows no business.
 */
@NullMarked
package dev.mall.messaging;

import org.jspecify.annotations.NullMarked;
