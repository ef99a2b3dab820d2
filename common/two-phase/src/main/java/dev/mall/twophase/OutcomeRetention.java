package dev.mall.twophase;

import dev.mall.messaging.retention.RetentionTask;

/** Deletes outcomes of transactions whose commands are too old to be repeated. */
final class OutcomeRetention implements RetentionTask {

  private static final String CLEAR =
      """
      with batch as (
        select order_id as id, written_at < now() - :seconds * interval '1 second' as expired
          from two_phase_outcome
         where order_id > :after
         order by order_id
         limit :most),
      due as (
        select o.order_id
          from batch b join two_phase_outcome o on o.order_id = b.id
         where b.expired
           for update of o skip locked),
      cleared as (
        delete from two_phase_outcome o using due where o.order_id = due.order_id returning 1)
      """;

  @Override
  public String what() {
    return "outcomes of two-phase commits";
  }

  @Override
  public String expressions() {
    return CLEAR;
  }
}
