/** Secrets that a service does not start with. */
@NullMarked
package dev.mall.web.secrets;

import org.jspecify.annotations.NullMarked;
