/** Names of operators who act at Actuator. */
@NullMarked
package dev.mall.messaging.operator;

import org.jspecify.annotations.NullMarked;
