/**
 * Ids that are unique over all replicas, sort by time and need no trip to the database: 41 bits of
 * time, 10 of the worker that made it, 12 of a sequence.
 */
@NullMarked
package dev.mall.identifiers;

import org.jspecify.annotations.NullMarked;
