package dev.mall.saga.operator.deadletters;

import dev.mall.messaging.retention.RetentionTask;
import org.springframework.stereotype.Component;

/** Deletes settled letters. Letters that wait for an operator stay, however old. */
@Component
class DeadLetterRetention implements RetentionTask {

  private static final String PASS =
      """
      with batch as (
        select id, status, coalesce(settled_at, died_at) as since from dead_letter
         where id > :after
         order by id
         limit :most),
      due as (
        select l.id from batch b join dead_letter l using (id)
         where b.status <> 'WAITING' and b.since < now() - :seconds * interval '1 second'
           for update of l skip locked),
      gone as (delete from dead_letter l using due where l.id = due.id returning 1)
      select (select count(*) from batch) as looked,
             (select count(*) from batch
               where since < now() - :seconds * interval '1 second') as old,
             (select count(*) from gone) as cleared,
             coalesce((select max(id) from batch), :after) as last
      """;

  @Override
  public String what() {
    return "dead-letters";
  }

  @Override
  public String statement() {
    return PASS;
  }
}
