/** Real PostgreSQL, Kafka and Redis for the tests of every module, and what counts their work. */
@NullMarked
package dev.mall.testing;

import org.jspecify.annotations.NullMarked;
