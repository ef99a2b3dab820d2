/** Takes part in checkouts without an orchestrator: events in, events out, by the same rules. */
@NullMarked
package dev.mall.payment.choreography;

import org.jspecify.annotations.NullMarked;
