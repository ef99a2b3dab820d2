package dev.mall.order.declines;

import dev.mall.messaging.retention.RetentionTask;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Deletes declined payments that count no more. */
@Component
class DeclinedPaymentRetention implements RetentionTask {

  private static final String CLEAR =
      """
      with batch as (
        select order_id as id, declined_at < now() - :seconds * interval '1 second' as expired
          from declined_payment
         where order_id > :after
         order by order_id
         limit :most),
      due as (
        select order_id
          from declined_payment
         where order_id in (select id from batch where expired)
           for update skip locked),
      cleared as (
        delete from declined_payment d using due where d.order_id = due.order_id returning 1)
      """;

  private final DeclinedPaymentProperties properties;

  DeclinedPaymentRetention(DeclinedPaymentProperties properties) {
    this.properties = properties;
  }

  @Override
  public String what() {
    return "declined-payments";
  }

  /** They are no answer to a message that may come again. */
  @Override
  public Duration age(Duration horizon) {
    return properties.window();
  }

  @Override
  public String expressions() {
    return CLEAR;
  }
}
