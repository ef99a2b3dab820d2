/** Maps messages to their topics and to the type names in their headers. */
@NullMarked
package dev.mall.contracts.wire;

import org.jspecify.annotations.NullMarked;
