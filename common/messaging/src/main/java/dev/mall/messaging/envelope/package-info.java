/** Messages as they travel: headers, versions, encoding and trace context. */
@NullMarked
package dev.mall.messaging.envelope;

import org.jspecify.annotations.NullMarked;
