/** The static part of a saga: its steps, their compensations, time limits and replies. Pure. */
@NullMarked
package dev.mall.saga.engine.definition;

import org.jspecify.annotations.NullMarked;
