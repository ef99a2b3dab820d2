/** The operator's desk: where every saga stands, and its whole story. */
@NullMarked
package dev.mall.saga.desk;

import org.jspecify.annotations.NullMarked;
