/** The operator's desk: where every saga stands, its whole story, and what may be done about it. */
@NullMarked
package dev.mall.saga.operator.sagas;

import org.jspecify.annotations.NullMarked;
