/** The mall under measurement: servers and services, each a process of its own. */
@NullMarked
package dev.mall.benchmarks.mall;

import org.jspecify.annotations.NullMarked;
