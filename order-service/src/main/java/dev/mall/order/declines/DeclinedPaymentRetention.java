package dev.mall.order.declines;

import dev.mall.messaging.retention.RetentionTask;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Deletes declined payments that count no more. */
@Component
class DeclinedPaymentRetention implements RetentionTask {

  private static final String PASS =
      """
      with batch as (
        select order_id, declined_at
          from declined_payment
         where order_id > :after
         order by order_id
         limit :most),
      due as (
        select d.order_id
          from batch b join declined_payment d using (order_id)
         where b.declined_at < now() - :seconds * interval '1 second'
           for update of d skip locked),
      gone as (
        delete from declined_payment d using due where d.order_id = due.order_id returning 1)
      select (select count(*) from batch) as looked,
             (select count(*) from batch
               where declined_at < now() - :seconds * interval '1 second') as old,
             (select count(*) from gone) as cleared,
             coalesce((select max(order_id) from batch), :after) as last
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
  public Duration age(Duration unrepeatable) {
    return properties.window();
  }

  @Override
  public String statement() {
    return PASS;
  }
}
