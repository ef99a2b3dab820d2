/** Value types that several messages carry. */
@NullMarked
package dev.mall.contracts.values;

import org.jspecify.annotations.NullMarked;
