/**
 * What the fault suite puts into services: points at which they can be held, a clock that can be
 * shifted and promises that are broken. It rewrites classes of the jars that are shipped, so that
 * the services themselves need no switch for tests.
 */
@NullMarked
package dev.mall.chaos.agent;

import org.jspecify.annotations.NullMarked;
