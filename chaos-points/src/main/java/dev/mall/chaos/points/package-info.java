/**
 * A Java agent for the fault suite. It rewrites a service's classes as they are loaded, so that the
 * services themselves need no switch for tests and run from the jars that are shipped.
 */
@NullMarked
package dev.mall.chaos.points;

import org.jspecify.annotations.NullMarked;
