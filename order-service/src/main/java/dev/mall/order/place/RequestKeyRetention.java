package dev.mall.order.place;

import dev.mall.messaging.retention.RetentionTask;
import org.springframework.stereotype.Component;

/** Deletes keys of requests older than the retention period. Their orders stay. */
@Component
class RequestKeyRetention implements RetentionTask {

  private static final String CLEAR =
      """
      with batch as (
        select cast(:after as bigint) as id, true as expired, customer_id, key
          from request_key
         where claimed_at < now() - :seconds * interval '1 second'
         order by claimed_at
         limit :most
           for update skip locked),
      cleared as (
        delete from request_key k using batch
         where k.customer_id = batch.customer_id and k.key = batch.key
        returning 1)
      """;

  @Override
  public String what() {
    return "request-keys";
  }

  @Override
  public String expressions() {
    return CLEAR;
  }
}
