/** Keeps sagas in the database and carries out, in batches, what the engine decides. */
@NullMarked
package dev.mall.saga.runtime;

import org.jspecify.annotations.NullMarked;
