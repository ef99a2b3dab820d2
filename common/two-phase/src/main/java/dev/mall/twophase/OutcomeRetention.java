package dev.mall.twophase;

import dev.mall.messaging.retention.RetentionTask;

/** Deletes outcomes that no command is repeated for any more. */
final class OutcomeRetention implements RetentionTask {

  private static final String PASS =
      """
      with batch as (
        select order_id, written_at
          from two_phase_outcome
         where order_id > :after
         order by order_id
         limit :most),
      due as (
        select o.order_id
          from batch b join two_phase_outcome o using (order_id)
         where b.written_at < now() - :seconds * interval '1 second'
           for update of o skip locked),
      gone as (
        delete from two_phase_outcome o using due where o.order_id = due.order_id returning 1)
      select (select count(*) from batch) as looked,
             (select count(*) from batch where written_at < now() - :seconds * interval '1 second') as old,
             (select count(*) from gone) as cleared,
             coalesce((select max(order_id) from batch), :after) as last
      """;

  @Override
  public String what() {
    return "outcomes of two-phase commits";
  }

  @Override
  public String statement() {
    return PASS;
  }
}
