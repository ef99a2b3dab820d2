package dev.mall.saga.operator.deadletters;

import dev.mall.messaging.retention.RetentionTask;
import org.springframework.stereotype.Component;

/** Deletes settled dead letters. Those that wait for an operator stay, however old. */
@Component
class DeadLetterRetention implements RetentionTask {

  private static final String CLEAR =
      """
      with batch as (
        select id, status,
               coalesce(settled_at, died_at) < now() - :seconds * interval '1 second' as expired
          from dead_letter
         where id > :after
         order by id
         limit :most),
      due as (
        select l.id
          from batch b join dead_letter l using (id)
         where b.expired and b.status <> 'WAITING'
           for update of l skip locked),
      cleared as (delete from dead_letter l using due where l.id = due.id returning 1)
      """;

  @Override
  public String what() {
    return "dead-letters";
  }

  @Override
  public String expressions() {
    return CLEAR;
  }
}
