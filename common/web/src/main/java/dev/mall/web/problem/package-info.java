/** Problem details for every error (RFC 9457). */
@NullMarked
package dev.mall.web.problem;

import org.jspecify.annotations.NullMarked;
