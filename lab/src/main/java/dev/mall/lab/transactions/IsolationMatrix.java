package dev.mall.lab.transactions;

import dev.mall.lab.study.Comparison;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Link;
import dev.mall.lab.transactions.Anomaly.Clients;
import dev.mall.lab.transactions.DatabaseSession.IsolationLevel;
import dev.mall.lab.trial.Trial;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.dao.DataAccessException;

/** Each anomaly at each isolation level of PostgreSQL. */
public final class IsolationMatrix implements Comparison {

  @Override
  public String name() {
    return "transactions/isolation";
  }

  @Override
  public String title() {
    return "Anomalies that each isolation level shows";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    The SQL standard defines isolation levels by three phenomena that they exclude: dirty reads, non-repeatable reads and phantoms. The list is
    incomplete, and databases fill the names in differently. REPEATABLE READ is snapshot isolation in PostgreSQL, lets updates be lost in
    MySQL, and is absent from Oracle, whose SERIALIZABLE is snapshot isolation. A level is therefore known by the schedules that it lets through,
    and these can be run.

    Each cell of the table is such a run: two or three connections execute the schedule statement by statement, and the result is checked. An
    anomaly is a result that no serial order of the transactions gives. *Prevented* means that the schedule ran through
    and had a serial result, because reads came from a snapshot. *40001* means that PostgreSQL aborted a transaction, which the application
    has to run again from its first statement. READ UNCOMMITTED is READ COMMITTED in PostgreSQL, since its versions of rows make dirty reads
    unnecessary. The last row is the least known one: at REPEATABLE READ even a transaction that only reads can see a state that never existed.
    """;
  }

  @Override
  public String conclusion() {
    return """
    READ COMMITTED, the default, shows each anomaly except the dirty read: a transaction that reads before it writes needs a condition or a lock. REPEATABLE
    READ gives a report one snapshot, SERIALIZABLE keeps rules over several rows. Transactions that write need a retry at both.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "The suite runs at READ COMMITTED: rows are locked in key order before a decision",
            "inventory-service/src/main/java/dev/mall/inventory/stock/StockStore.java"),
        Link.to(
            "ADR 11: the verifier reads without a common snapshot",
            "docs/adr/0011-verify-without-a-common-moment.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Kleppmann: Hermitage, a test of isolation levels", "https://github.com/ept/hermitage"),
        Link.to(
            "Fekete, O'Neil and O'Neil: A Read-Only Transaction Anomaly Under Snapshot Isolation (2004)",
            "https://doi.org/10.1145/1031570.1031573"),
        Link.to(
            "PostgreSQL: Transaction Isolation",
            "https://www.postgresql.org/docs/18/transaction-iso.html"));
  }

  @Override
  public Result compare(Trial trial) throws SQLException {
    var database = trial.database();
    var a = DatabaseSession.of(trial, database);
    var b = DatabaseSession.of(trial, database);
    var c = DatabaseSession.of(trial, database);
    var columns = new ArrayList<Column>(List.of(Column.of("anomaly"), Column.of("schedule")));
    var rows = new ArrayList<List<String>>();
    for (var level : IsolationLevel.values()) {
      columns.add(Column.of(level.toString()));
    }
    for (var anomaly : Anomaly.ALL) {
      var row = new ArrayList<String>(List.of(anomaly.name(), anomaly.story()));
      for (var level : IsolationLevel.values()) {
        row.add(cell(anomaly, new Clients(a, b, c, level)));
      }
      rows.add(row);
    }
    return Result.of(new Table("PostgreSQL, one run per cell", columns, rows));
  }

  private static String cell(Anomaly anomaly, Clients clients) {
    clients.c().run(Anomaly.TABLES);
    try {
      return anomaly.schedule().shows(clients) ? "shown" : "prevented";
    } catch (DataAccessException failure) {
      clients.all().forEach(DatabaseSession::rollBack);
      if (DatabaseSession.isSerializationFailure(failure)) {
        return "40001";
      }
      throw failure;
    }
  }
}
