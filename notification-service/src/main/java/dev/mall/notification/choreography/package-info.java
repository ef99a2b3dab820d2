/** Takes part in checkouts without an orchestrator. */
@NullMarked
package dev.mall.notification.choreography;

import org.jspecify.annotations.NullMarked;
