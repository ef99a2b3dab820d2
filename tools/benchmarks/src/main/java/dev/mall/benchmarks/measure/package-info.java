/** Workloads, and the windows in which systems are measured under them. */
@NullMarked
package dev.mall.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
