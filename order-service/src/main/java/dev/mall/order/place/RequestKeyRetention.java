package dev.mall.order.place;

import dev.mall.messaging.retention.RetentionTask;
import org.springframework.stereotype.Component;

/** Deletes keys of requests older than the retention period. Their orders stay. */
@Component
class RequestKeyRetention implements RetentionTask {

  private static final String PASS =
      """
      with due as (
        select customer_id, key from request_key
         where claimed_at < now() - :seconds * interval '1 second'
         order by claimed_at
         limit :most
           for update skip locked),
      gone as (
        delete from request_key k using due
         where k.customer_id = due.customer_id and k.key = due.key
        returning 1)
      select (select count(*) from due) as looked, (select count(*) from due) as old,
             (select count(*) from gone) as cleared, cast(:after as bigint) as last
      """;

  @Override
  public String what() {
    return "request-keys";
  }

  @Override
  public String statement() {
    return PASS;
  }
}
