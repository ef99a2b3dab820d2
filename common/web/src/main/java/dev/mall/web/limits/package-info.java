/** Limits of size and time for requests, and security headers for answers. */
@NullMarked
package dev.mall.web.limits;

import org.jspecify.annotations.NullMarked;
