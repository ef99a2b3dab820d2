package dev.mall.messaging.idempotency;

import dev.mall.messaging.retention.RetentionTask;

/**
 * Deletes replies to commands that are too old to be repeated. Walks the primary key: order ids
 * grow with time, so that no index on the time is needed.
 */
final class ReplyRetention implements RetentionTask {

  private static final String CLEAR =
      """
      with batch as (
        select order_id as id, step, round,
               decided_at < now() - :seconds * interval '1 second' as expired
          from decision
         where order_id > :after
         order by order_id, step, round
         limit :most),
      due as (
        select d.order_id, d.step, d.round
          from batch b
          join decision d on d.order_id = b.id and d.step = b.step and d.round = b.round
         where b.expired
           for update of d skip locked),
      cleared as (
        delete from decision using due
         where decision.order_id = due.order_id and decision.step = due.step
           and decision.round = due.round
        returning 1)
      """;

  @Override
  public String what() {
    return "decisions";
  }

  @Override
  public String expressions() {
    return CLEAR;
  }
}
