/** HTTP interface of floor A. */
@NullMarked
package dev.mall.benchmarks.floor.web;

import org.jspecify.annotations.NullMarked;
