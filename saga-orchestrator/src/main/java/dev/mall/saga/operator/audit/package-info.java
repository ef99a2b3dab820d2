/** The audit log: who did what, when and why, with the states before and after. */
@NullMarked
package dev.mall.saga.operator.audit;

import org.jspecify.annotations.NullMarked;
