package dev.mall.saga.runtime;

import dev.mall.saga.IdleReplica;
import dev.mall.saga.Replica;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The service without consumers, relay and timers, on empty tables. */
@ExtendWith(IdleReplica.class)
abstract class RuntimeFixture {

  private static final AtomicLong ORDERS = new AtomicLong(1);

  static Replica replica;
  static JdbcClient jdbc;

  @BeforeAll
  static void findService() {
    replica = IdleReplica.get();
    jdbc = replica.bean(JdbcClient.class);
  }

  @BeforeEach
  void clear() {
    IdleReplica.clear();
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
