/** Load generators and their latency records. */
@NullMarked
package dev.mall.benchmarks.load;

import org.jspecify.annotations.NullMarked;
