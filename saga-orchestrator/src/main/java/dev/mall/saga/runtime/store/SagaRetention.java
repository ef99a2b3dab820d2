package dev.mall.saga.runtime.store;

import dev.mall.messaging.retention.RetentionTask;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Moves ended sagas and their timelines to the archive. */
@Component
class SagaRetention implements RetentionTask {

  private static final String PASS =
      """
      with batch as (
        select order_id, state, asked_at from saga
         where order_id > :after
         order by order_id
         limit :most),
      due as (
        select s.order_id from batch b join saga s using (order_id)
         where b.state in ('COMPLETED', 'COMPENSATED')
           and b.asked_at < now() - :seconds * interval '1 second'
           for update of s skip locked),
      story as (
        delete from saga_timeline t using due where t.order_id = due.order_id returning t.*),
      ended as (delete from saga s using due where s.order_id = due.order_id returning s.*),
      kept_story as (insert into saga_timeline_archive select * from story),
      kept as (insert into saga_archive select * from ended)
      select (select count(*) from batch) as looked,
             (select count(*) from batch where asked_at < now() - :seconds * interval '1 second') as old,
             (select count(*) from ended) as cleared,
             coalesce((select max(order_id) from batch), :after) as last
      """;

  private final ArchiveProperties archive;

  SagaRetention(ArchiveProperties archive) {
    this.archive = archive;
  }

  /** A repeat finds the archive by its key, so there is no need to wait until none can come. */
  @Override
  public Duration age(Duration unrepeatable) {
    return archive.after();
  }

  @Override
  public String what() {
    return "sagas";
  }

  @Override
  public String statement() {
    return PASS;
  }
}
