package dev.mall.saga.runtime;

import dev.mall.saga.Replica;
import dev.mall.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The service on a database of its own, without consumers, relay and timers. */
abstract class RuntimeFixture {

  private static final AtomicLong ORDERS = new AtomicLong(1);

  static Replica replica;
  static JdbcClient jdbc;

  @BeforeAll
  static void startService() {
    replica = Replica.start(TestDatabase.create("runtime"));
    for (var part : List.of("sagaTimers", "sagas", "deadLetters", "outboxRelay")) {
      replica.context().getBean(part, SmartLifecycle.class).stop();
    }
    jdbc = replica.bean(JdbcClient.class);
  }

  @AfterAll
  static void stopService() {
    replica.close();
  }

  @BeforeEach
  void clear() {
    jdbc.sql(
            "truncate saga, saga_timeline, saga_archive, saga_timeline_archive, outbox, step_pause,"
                + " deferred_signal")
        .update();
  }

  static long newOrder() {
    return ORDERS.getAndIncrement();
  }

  static Object column(String name, long order) {
    return jdbc.sql("select * from saga where order_id = ?")
        .param(order)
        .query()
        .singleRow()
        .get(name);
  }

  /** Types of the commands in the outbox. */
  static List<String> sent(long order) {
    return jdbc.sql(
            "select headers::jsonb ->> 'mall-type' from outbox where key = ? order by number")
        .param(Long.toString(order))
        .query(String.class)
        .list();
  }

  static void makeAllDue() {
    jdbc.sql(
            "update saga set deadline = clock_timestamp() - interval '1 second'"
                + " where deadline is not null")
        .update();
  }

  static void shipAll() {
    jdbc.sql("delete from outbox").update();
  }

  interface Query<T> {
    T run() throws Exception;
  }

  static <T> T inTransaction(Query<T> query) {
    return replica
        .bean(TransactionTemplate.class)
        .execute(_ -> {
          try {
            return query.run();
          } catch (RuntimeException failure) {
            throw failure;
          } catch (Exception failure) {
            throw new IllegalStateException(failure);
          }
        });
  }
}
