/**
 * Bytecode that the fault suite adds to services: crash points, a clock that can be shifted, and
 * mutations that break a guarantee. It rewrites classes of the released jars, so that the services
 * themselves need no switch for tests.
 */
@NullMarked
package dev.mall.chaos.agent;

import org.jspecify.annotations.NullMarked;
