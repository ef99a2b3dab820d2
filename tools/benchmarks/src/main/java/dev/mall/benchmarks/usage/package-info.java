/**
 * CPU time, transactions, WAL, messages and memory, from the counters of the operating system and
 * the servers.
 */
@NullMarked
package dev.mall.benchmarks.usage;

import org.jspecify.annotations.NullMarked;
