/**
 * Small types below every kit: background loops, cached gauges, JDBC columns, and SQL states by
 * what helps against them.
 */
@NullMarked
package dev.mall.runtime;

import org.jspecify.annotations.NullMarked;
