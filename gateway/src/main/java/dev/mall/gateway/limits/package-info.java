/** Limits of the rate of requests. */
@NullMarked
package dev.mall.gateway.limits;

import org.jspecify.annotations.NullMarked;
