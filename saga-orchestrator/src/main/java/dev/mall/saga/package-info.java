/** The saga orchestrator: brings every order to an end, and tells the operator how. */
@NullMarked
package dev.mall.saga;

import org.jspecify.annotations.NullMarked;
