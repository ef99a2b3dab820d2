/** Faults of the servers that services depend on: PostgreSQL, Kafka and Redis. */
@NullMarked
package dev.mall.chaos.fault.server;

import org.jspecify.annotations.NullMarked;
