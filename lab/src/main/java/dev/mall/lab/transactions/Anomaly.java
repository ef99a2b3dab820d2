package dev.mall.lab.transactions;

import dev.mall.lab.transactions.DatabaseSession.IsolationLevel;
import java.util.List;

/**
 * A schedule that serial transactions could not produce, on two accounts of 50 each.
 *
 * @param story the schedule, in one sentence
 */
record Anomaly(String name, String story, Schedule schedule) {

  static final String TABLES =
      """
      drop table if exists account, booking;
      create table account (id int primary key, amount int not null);
      insert into account values (1, 50), (2, 50);
      create table booking (customer text not null)
      """;

  static final List<Anomaly> ALL =
      List.of(
          new Anomaly("dirty read", "reads a value that is rolled back", Anomaly::dirtyRead),
          new Anomaly(
              "non-repeatable read", "reads a row twice and finds two values", Anomaly::reread),
          new Anomaly("phantom", "counts rows twice and finds another one", Anomaly::phantom),
          new Anomaly("read skew", "sees one half of a transfer", Anomaly::readSkew),
          new Anomaly(
              "lost update", "both read a row, both write what they computed", Anomaly::lostUpdate),
          new Anomaly(
              "write skew", "both read two rows, each writes another one", Anomaly::writeSkew),
          new Anomaly(
              "write skew by insertion",
              "both find no booking, both insert one",
              Anomaly::doubleBooking),
          new Anomaly(
              "read-only anomaly",
              "a report shows a state that no serial order passes through",
              Anomaly::wrongReport));

  /** Three clients; the third one reads reports. */
  record Clients(DatabaseSession a, DatabaseSession b, DatabaseSession c, IsolationLevel level) {

    void begin() {
      a.begin(level);
      b.begin(level);
    }

    List<DatabaseSession> all() {
      return List.of(a, b, c);
    }
  }

  /** Runs on new tables, and has committed or rolled back at its end. */
  interface Schedule {

    /**
     * Whether the anomaly showed.
     *
     * @throws org.springframework.dao.DataAccessException if PostgreSQL aborted a transaction; the
     *     caller rolls back
     */
    boolean shows(Clients clients);
  }

  private static boolean dirtyRead(Clients clients) {
    clients.begin();
    clients.a.run("update account set amount = 0 where id = 1");
    int seen = amount(clients.b, 1);
    clients.a.rollBack();
    clients.b.commit();
    return seen == 0;
  }

  private static boolean reread(Clients clients) {
    clients.begin();
    int first = amount(clients.b, 1);
    clients.a.run("update account set amount = 0 where id = 1");
    clients.a.commit();
    int second = amount(clients.b, 1);
    clients.b.commit();
    return first != second;
  }

  private static boolean phantom(Clients clients) {
    clients.begin();
    int first = bookings(clients.b);
    clients.a.run("insert into booking values ('a')");
    clients.a.commit();
    int second = bookings(clients.b);
    clients.b.commit();
    return first != second;
  }

  private static boolean readSkew(Clients clients) {
    clients.begin();
    int one = amount(clients.b, 1);
    clients.a.run("update account set amount = amount - 10 where id = 1");
    clients.a.run("update account set amount = amount + 10 where id = 2");
    clients.a.commit();
    int two = amount(clients.b, 2);
    clients.b.commit();
    return one + two != 100;
  }

  private static boolean lostUpdate(Clients clients) {
    clients.begin();
    int seenByA = amount(clients.a, 1);
    int seenByB = amount(clients.b, 1);
    set(clients.a, 1, seenByA - 10);
    clients.a.commit();
    set(clients.b, 1, seenByB - 10);
    clients.b.commit();
    return amount(clients.c, 1) != 30;
  }

  private static boolean writeSkew(Clients clients) {
    clients.begin();
    int seenByA = total(clients.a);
    int seenByB = total(clients.b);
    set(clients.a, 1, 50 - seenByA);
    clients.a.commit();
    set(clients.b, 2, 50 - seenByB);
    clients.b.commit();
    return total(clients.c) < 0;
  }

  private static boolean doubleBooking(Clients clients) {
    clients.begin();
    boolean freeForA = bookings(clients.a) == 0;
    boolean freeForB = bookings(clients.b) == 0;
    if (freeForA) {
      clients.a.run("insert into booking values ('a')");
    }
    clients.a.commit();
    if (freeForB) {
      clients.b.run("insert into booking values ('b')");
    }
    clients.b.commit();
    return bookings(clients.c) == 2;
  }

  /**
   * B withdraws 110 with a fee of 1, as if it came before the deposit of A; the report shows the
   * deposit and no withdrawal.
   */
  private static boolean wrongReport(Clients clients) {
    clients.begin();
    int seenByB = total(clients.b);
    set(clients.a, 2, amount(clients.a, 2) + 20);
    clients.a.commit();
    clients.c.begin(clients.level);
    int reported = total(clients.c);
    clients.c.commit();
    set(clients.b, 1, seenByB < 110 ? 50 - 111 : 50 - 110);
    clients.b.commit();
    return reported == 120 && amount(clients.c, 1) == 50 - 111;
  }

  private static int amount(DatabaseSession session, int account) {
    return session.number("select amount from account where id = " + account);
  }

  private static int total(DatabaseSession session) {
    return session.number("select sum(amount) from account");
  }

  private static int bookings(DatabaseSession session) {
    return session.number("select count(*) from booking");
  }

  private static void set(DatabaseSession session, int account, int amount) {
    session.run("update account set amount = %d where id = %d".formatted(amount, account));
  }
}
