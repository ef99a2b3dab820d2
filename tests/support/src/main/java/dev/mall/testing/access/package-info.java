/** Tokens, and requests that carry them. */
@NullMarked
package dev.mall.testing.access;

import org.jspecify.annotations.NullMarked;
