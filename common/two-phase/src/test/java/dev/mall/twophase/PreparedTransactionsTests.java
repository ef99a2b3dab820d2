package dev.mall.twophase;

import com.zaxxer.hikari.HikariDataSource;
import dev.mall.testing.TestDatabase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Orders that take pieces of one row, in transactions that stay prepared. */
abstract class PreparedTransactionsTests {

  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(300);
  private static final AtomicLong ORDERS = new AtomicLong(100);

  static TestDatabase database;

  final long order = anOrder();
  private HikariDataSource pool;
  JdbcClient jdbc;
  PreparedTransactions transactions;

  static long anOrder() {
    return ORDERS.incrementAndGet();
  }

  @BeforeAll
  static void createTables() {
    database = TestDatabase.create("two_phase");
    migrate(database.dataSource());
    JdbcClient.create(database.dataSource())
        .sql("create table shelf (sku text primary key, pieces int check (pieces >= 0))")
        .update();
  }

  @BeforeEach
  void fill() {
    open();
    jdbc.sql("truncate shelf").update();
    jdbc.sql("insert into shelf values ('tea', 3)").update();
  }

  @AfterEach
  void nothingIsLeftPrepared() {
    transactions.olderThan(Duration.ZERO).forEach(left -> transactions.rollBack(left.orderId()));
    pool.close();
  }

  private void open() {
    pool = database.pool(8);
    jdbc = JdbcClient.create(pool);
    transactions = transactionsOf(pool);
  }

  /** As a process that was killed: its connections are gone, and so is its memory. */
  void restart() {
    pool.close();
    open();
  }

  static PreparedTransactions transactionsOf(DataSource source) {
    return new PreparedTransactions(
        JdbcClient.create(source),
        new TransactionTemplate(new JdbcTransactionManager(source)),
        LOCK_TIMEOUT);
  }

  boolean take(int pieces) {
    return jdbc.sql("update shelf set pieces = pieces - :n where sku = 'tea'")
            .param("n", pieces)
            .update()
        == 1;
  }

  int pieces() {
    return jdbc.sql("select pieces from shelf where sku = 'tea'").query(Integer.class).single();
  }

  static void migrate(DataSource source) {
    new ResourceDatabasePopulator(
            new ClassPathResource("db/two-phase/V202611291330__two_phase_outcome.sql"))
        .execute(source);
  }
}
