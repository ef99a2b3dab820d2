/** PostgreSQL, Kafka and Redis in containers that keep their ports across restarts. */
@NullMarked
package dev.mall.testing.containers;

import org.jspecify.annotations.NullMarked;
