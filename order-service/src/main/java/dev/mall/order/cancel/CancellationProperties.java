package dev.mall.order.cancel;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When customers may cancel.
 *
 * @param window how long after its confirmation an order may be cancelled; zero refuses every
 *     cancellation, also of pending orders, as long as a release before 0.2.0 is still running; at
 *     most 28d
 */
@ConfigurationProperties("mall.orders.cancellation")
record CancellationProperties(@DefaultValue("14d") Duration window) {

  private static final Duration LONGEST = Duration.ofDays(28);

  CancellationProperties {
    if (window.isNegative() || window.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("mall.orders.cancellation.window must be from 0 to 28d");
    }
  }
}
