package dev.mall.order.cancel;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When pending orders that no orchestrator checks out are abandoned.
 *
 * @param announcements of an order after which it is abandoned with the next one; 1 to 30. The
 *     default is reached after about an hour
 */
@ConfigurationProperties("mall.checkout.choreography")
record AbandonmentProperties(@DefaultValue("5") int announcements) {

  AbandonmentProperties {
    if (announcements < 1 || announcements > 30) {
      throw new IllegalArgumentException(
          "mall.checkout.choreography.announcements must be from 1 to 30");
    }
  }
}
