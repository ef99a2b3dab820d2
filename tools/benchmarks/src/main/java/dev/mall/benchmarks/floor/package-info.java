/**
 * Yardsticks: the same order in one database and one local transaction, as a service (floor A) and
 * by its SQL alone (floor A0).
 */
@NullMarked
package dev.mall.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
