/**
 * A run under way: nodes that take named steps in the order of a schedule, clocks that are set, and
 * servers.
 */
@NullMarked
package dev.mall.lab.trial;

import org.jspecify.annotations.NullMarked;
