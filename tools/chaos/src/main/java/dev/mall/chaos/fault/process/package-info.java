/** Faults of service processes: kills, freezes, wrong clocks, restarts and rollouts. */
@NullMarked
package dev.mall.chaos.fault.process;

import org.jspecify.annotations.NullMarked;
