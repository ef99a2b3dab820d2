package dev.mall.lab.transactions;

import dev.mall.lab.transactions.DatabaseSession.IsolationLevel;
import dev.mall.lab.trial.Trial;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.springframework.dao.DataAccessException;

/**
 * A database that takes part in two-phase commits, with a row for each order to take. Transactions
 * that are still prepared at the end are rolled back, since they would outlive the trial.
 */
final class Participant implements AutoCloseable {

  private static final String TABLE =
      """
      create table good (order_id int primary key, taken boolean not null);
      insert into good values (1, false), (2, false)
      """;

  private static final String IN_DOUBT =
      """
      select cast(substr(gid, length(:prefix) + 1) as int)
        from pg_prepared_xacts
       where database = current_database()
       order by 1
      """;

  private final DatabaseSession session;
  private final String prefix;

  private Participant(DatabaseSession session, String prefix) {
    this.session = session;
    this.prefix = prefix;
  }

  static Participant of(Trial trial) throws SQLException {
    var database = trial.database();
    var session = DatabaseSession.of(trial, database);
    session.run(TABLE);
    return trial.opened(new Participant(session, database.name() + ":"));
  }

  /** The end of a prepared transaction. */
  enum End {
    COMMIT("committed"),
    ROLLBACK("rolled back");

    private final String text;

    End(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  String prepare(int order) {
    session.begin(IsolationLevel.READ_COMMITTED);
    session
        .sql("update good set taken = true where order_id = :order")
        .param("order", order)
        .update();
    session.run("prepare transaction '%s%d'".formatted(prefix, order));
    return "prepared";
  }

  void end(int order, End end) {
    session.run("%s prepared '%s%d'".formatted(end.name().toLowerCase(Locale.ROOT), prefix, order));
  }

  /** The orders whose transactions are prepared. */
  List<Integer> prepared() {
    return session.sql(IN_DOUBT).param("prefix", prefix).query((row, _) -> row.getInt(1)).list();
  }

  /** The orders whose transactions are committed. */
  List<Integer> committed() {
    return session
        .sql("select order_id from good where taken order by 1")
        .query((row, _) -> row.getInt(1))
        .list();
  }

  /** Whether another transaction would have to wait for the order's row. */
  boolean isLocked(int order) {
    try {
      session
          .sql("select taken from good where order_id = :order for update nowait")
          .param("order", order)
          .query(Boolean.class)
          .single();
      return false;
    } catch (DataAccessException failure) {
      if (DatabaseSession.isLockedRow(failure)) {
        return true;
      }
      throw failure;
    }
  }

  @Override
  public void close() {
    prepared().forEach(order -> end(order, End.ROLLBACK));
  }
}
