package dev.mall.messaging.idempotency;

import dev.mall.messaging.retention.RetentionTask;

/**
 * Forgets what was answered so long ago that no repeat is taken any more. Walks the primary key:
 * ids of orders grow with time, and a repeat needs no index of its own.
 */
final class ReplyRetention implements RetentionTask {

  private static final String PASS =
      """
      with batch as (
        select order_id, step, round, decided_at
          from decision
         where order_id > :after
         order by order_id, step, round
         limit :most),
      due as (
        select d.order_id, d.step, d.round
          from batch b join decision d using (order_id, step, round)
         where b.decided_at < now() - :seconds * interval '1 second'
           for update of d skip locked),
      gone as (
        delete from decision using due
         where decision.order_id = due.order_id and decision.step = due.step
           and decision.round = due.round
        returning 1)
      select (select count(*) from batch) as looked,
             (select count(*) from batch where decided_at < now() - :seconds * interval '1 second') as old,
             (select count(*) from gone) as cleared,
             coalesce((select max(order_id) from batch), :after) as last
      """;

  @Override
  public String what() {
    return "decisions";
  }

  @Override
  public String statement() {
    return PASS;
  }
}
