/**
 * Small types below every kit: background loops, cached gauges, JDBC columns, checks of settings,
 * and SQL states by their remedy.
 */
@NullMarked
package dev.mall.runtime;

import org.jspecify.annotations.NullMarked;
