package dev.mall.order.declines;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many of a customer's orders may be cancelled for declined payments before further ones are
 * refused.
 *
 * @param atMost declined payments within {@code window}, beyond which new orders are refused with
 *     429; 1 to 1,000,000
 * @param window how long a declined payment counts, unless an order is confirmed before; 1 s to 1 h
 */
@Validated
@ConfigurationProperties("mall.orders.declined-payments")
record DeclinedPaymentProperties(
    @DefaultValue("5") @Min(1) @Max(1_000_000) int atMost, @DefaultValue("1m") Duration window) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  DeclinedPaymentProperties {
    if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "mall.orders.declined-payments.window must be from 1s to 1h");
    }
  }

  /**
   * The time until so few payments count that orders are accepted again; empty if they are now.
   *
   * @param ages of a customer's declined payments since the last confirmed order, in any order
   */
  Optional<Duration> refusedFor(List<Duration> ages) {
    return ages.stream()
        .filter(age -> age.compareTo(window) < 0)
        .sorted()
        .skip(atMost)
        .findFirst()
        .map(window::minus);
  }
}
