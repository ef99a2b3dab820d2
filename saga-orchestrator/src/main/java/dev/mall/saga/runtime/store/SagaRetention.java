package dev.mall.saga.runtime.store;

import dev.mall.messaging.retention.RetentionTask;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Moves ended sagas and their timelines to the archive. */
@Component
class SagaRetention implements RetentionTask {

  private static final String CLEAR =
      """
      with batch as (
        select order_id as id, state, asked_at < now() - :seconds * interval '1 second' as expired
          from saga
         where order_id > :after
         order by order_id
         limit :most),
      due as (
        select s.order_id
          from batch b join saga s on s.order_id = b.id
         where b.expired and b.state in ('COMPLETED', 'COMPENSATED')
           for update of s skip locked),
      timelines as (
        delete from saga_timeline t using due where t.order_id = due.order_id returning t.*),
      cleared as (delete from saga s using due where s.order_id = due.order_id returning s.*),
      archived_timelines as (insert into saga_timeline_archive select * from timelines),
      archived as (insert into saga_archive select * from cleared)
      """;

  private final ArchiveProperties archive;

  SagaRetention(ArchiveProperties archive) {
    this.archive = archive;
  }

  /** A repeated message finds the archived saga by its key, so the horizon does not matter. */
  @Override
  public Duration age(Duration horizon) {
    return archive.after();
  }

  @Override
  public String what() {
    return "sagas";
  }

  @Override
  public String expressions() {
    return CLEAR;
  }
}
