/** The participant's side of a two-phase commit, by PostgreSQL's prepared transactions. */
@NullMarked
package dev.mall.twophase;

import org.jspecify.annotations.NullMarked;
