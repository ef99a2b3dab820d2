/** Paths that need the operator's token. */
@NullMarked
package dev.mall.web.operator;

import org.jspecify.annotations.NullMarked;
