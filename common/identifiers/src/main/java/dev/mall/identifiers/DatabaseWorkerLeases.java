package dev.mall.identifiers;

import java.time.Duration;
import java.util.OptionalInt;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The leases in the service's own database; each call is a transaction of its own. */
final class DatabaseWorkerLeases implements WorkerLeases {

  private static final String TAKE =
      """
      update worker_lease
         set holder = :holder,
             held_until = clock_timestamp() + :lease * interval '1 ms',
             granted = :until
       where worker = (select worker from worker_lease
                        where held_until < clock_timestamp() and granted < :now
                        order by granted, worker
                        limit 1
                          for update skip locked)
      returning worker
      """;

  private static final String EXTEND =
      """
      update worker_lease
         set held_until = clock_timestamp() + :lease * interval '1 ms',
             granted = greatest(granted, :until)
       where worker = :worker and holder = :holder
      """;

  private static final String RELEASE =
      """
      update worker_lease
         set holder = '', held_until = '-infinity', granted = :used
       where worker = :worker and holder = :holder
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate alone;

  DatabaseWorkerLeases(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.alone = new TransactionTemplate(transactions);
    // a lease must not roll back with the transaction of the caller that needed an id
    this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  @Override
  public OptionalInt take(String holder, Duration lease, long now, long until) {
    var taken =
        alone.execute(_ ->
            jdbc.sql(TAKE)
                .param("holder", holder)
                .param("lease", lease.toMillis())
                .param("now", now)
                .param("until", until)
                .query(Integer.class)
                .list());
    return taken.stream().mapToInt(Integer::intValue).findFirst();
  }

  @Override
  public boolean extend(int worker, String holder, Duration lease, long until) {
    return 1
        == alone.<Integer>execute(_ ->
            jdbc.sql(EXTEND)
                .param("lease", lease.toMillis())
                .param("until", until)
                .param("worker", worker)
                .param("holder", holder)
                .update());
  }

  @Override
  public void release(int worker, String holder, long used) {
    alone.executeWithoutResult(_ ->
        jdbc.sql(RELEASE)
            .param("used", used)
            .param("worker", worker)
            .param("holder", holder)
            .update());
  }
}
