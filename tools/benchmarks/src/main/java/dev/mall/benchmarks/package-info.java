/** The benchmark: its options, workloads and rounds. */
@NullMarked
package dev.mall.benchmarks;

import org.jspecify.annotations.NullMarked;
