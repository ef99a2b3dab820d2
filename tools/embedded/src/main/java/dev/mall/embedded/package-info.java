/**
 * Real PostgreSQL, Kafka and Redis without Docker: started from Maven artifacts, on a directory and
 * a port, for the demo and for tests that stop, kill and empty them.
 */
@NullMarked
package dev.mall.embedded;

import org.jspecify.annotations.NullMarked;
