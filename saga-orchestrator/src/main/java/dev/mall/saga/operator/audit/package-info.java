/** What operators did: who, when, why, and how it was before and after. */
@NullMarked
package dev.mall.saga.operator.audit;

import org.jspecify.annotations.NullMarked;
