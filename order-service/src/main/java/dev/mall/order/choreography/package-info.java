/** Settles orders that no orchestrator checks out, by the events of the other services. */
@NullMarked
package dev.mall.order.choreography;

import org.jspecify.annotations.NullMarked;
