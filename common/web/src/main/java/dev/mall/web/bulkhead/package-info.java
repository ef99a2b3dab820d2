/** A bound on the database connections that web requests hold. */
@NullMarked
package dev.mall.web.bulkhead;

import org.jspecify.annotations.NullMarked;
