/** The operator's desk: where every saga stands, its whole story, and what may be done about it. */
@NullMarked
package dev.mall.saga.desk;

import org.jspecify.annotations.NullMarked;
