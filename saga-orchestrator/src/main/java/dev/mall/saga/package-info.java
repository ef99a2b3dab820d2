/** The saga orchestrator: completes or cancels every order, with a timeline for operators. */
@NullMarked
package dev.mall.saga;

import org.jspecify.annotations.NullMarked;
