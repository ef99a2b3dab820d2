package dev.mall.lab.ids;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import dev.mall.embedded.PostgresServer;
import dev.mall.lab.study.Comparison;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bson.types.ObjectId;

/** The same million rows under primary keys of different kinds. */
public final class MillionInserts implements Comparison {

  private static final int ROWS = 1_000_000;
  private static final int BATCH = 10_000;
  private static final int CHECKPOINT = 100_000;
  private static final double MIB = 1 << 20;
  private static final String DATABASE = "inserts";

  /**
   * A way to store ids.
   *
   * @param type of the column, and of the array in which a batch is sent
   * @param value of the column, an expression of {@code id}
   * @param array for a batch, of the type that the driver sends
   */
  private record Key(
      String name, String type, String value, IntFunction<Object[]> array, Supplier<Object> next) {}

  @Override
  public String name() {
    return "ids/million-inserts";
  }

  @Override
  public String title() {
    return "A million inserts by kind of primary key";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    A primary key is a B-tree, and the kind of its ids decides where each insert goes. Ids that grow go to the last page: it is in memory, and
    when it is full, PostgreSQL leaves it full and begins the next. Random ids go to any page. A page that is full is split in the middle, so
    the index is about 70 per cent full on average. And a page that is changed for the first time after a checkpoint is written to the log as
    a whole, so that a row of a few dozen bytes may cost 8 KiB of log.

    The effect grows with the table. Here the whole index fits into memory, and random ids already cost log and space. Once it does not fit,
    an insert reads a page from disk and writes another one back, and the time per row follows the disk instead of the processor.

    The size of a key is paid more than once: in its index, in each table that refers to it, in the indexes there, and in messages. Text is
    the most expensive form: a UUID as text takes 37 bytes instead of 16.

    The tables are on a PostgreSQL of their own. One worker inserts batches of 10 000 rows, each a transaction, and there is a checkpoint
    after 100 000, as on a busy server after some minutes. The time is that of the inserts, without making the ids.
    """;
  }

  @Override
  public String conclusion() {
    return """
    Choose ids that grow, and store them in a type of their own: `bigint` or `uuid`, not text. Snowflake and UUIDv7 differ by the size of the
    key. Both differ from UUIDv4 by the shape of the writes, and that difference grows with the table.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to("ADR 6: ids under a leased worker", "docs/adr/0006-ids-under-a-leased-worker.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "PostgreSQL: B-tree indexes, fillfactor and page splits",
            "https://www.postgresql.org/docs/18/btree.html"),
        Link.to(
            "PostgreSQL: full_page_writes",
            "https://www.postgresql.org/docs/18/runtime-config-wal.html#GUC-FULL-PAGE-WRITES"),
        Link.to(
            "RFC 9562, section 2.1: update motivation",
            "https://www.rfc-editor.org/rfc/rfc9562#section-2.1"));
  }

  @Override
  public Result compare(Trial trial) throws Exception {
    var server = trial.newPostgres();
    server.createDatabase(DATABASE);
    SuiteIds.migrate(server.dataSource(DATABASE));
    var suite = trial.opened(new SuiteIds(server.dataSource(DATABASE))).generator();
    var timeOrdered = new TimeOrderedEpochFactory();
    var keys =
        List.of(
            new Key("database sequence", "int8", "nextval('numbers')", Long[]::new, () -> 0L),
            new Key("Snowflake of the suite", "int8", "id", Long[]::new, suite::next),
            new Key("UUIDv7", "uuid", "id", UUID[]::new, timeOrdered::create),
            new Key("ObjectId", "bytea", "id", byte[][]::new, () -> new ObjectId().toByteArray()),
            new Key("UUIDv4", "uuid", "id", UUID[]::new, UUID::randomUUID),
            new Key(
                "UUIDv4 as text", "text", "id", String[]::new, () -> UUID.randomUUID().toString()));
    var rows = new ArrayList<List<String>>();
    for (var key : keys) {
      rows.add(row(server, key));
    }
    return Result.of(
        new Table(
            "%,d rows".formatted(ROWS),
            List.of(
                Column.of("primary key"),
                Column.of("column"),
                Column.measured("seconds"),
                Column.measured("index, MiB"),
                Column.measured("table, MiB"),
                Column.measured("log, MiB")),
            rows));
  }

  private static List<String> row(PostgresServer server, Key key) throws SQLException {
    try (var admin = server.adminDataSource(DATABASE).getConnection();
        var statement = admin.createStatement()) {
      statement.execute("drop table if exists purchase");
      statement.execute("drop sequence if exists numbers");
      statement.execute("create sequence numbers cache 1000");
      statement.execute(
          "create table purchase (id %s primary key, note text not null)".formatted(key.type()));
      var start = value(statement, "select pg_current_wal_insert_lsn()");
      long nanos = insert(admin, key);
      return List.of(
          key.name(),
          key.type(),
          "%.1f".formatted(nanos / 1e9),
          mebibytes(statement, "pg_relation_size('purchase_pkey')"),
          mebibytes(statement, "pg_relation_size('purchase')"),
          mebibytes(statement, "pg_current_wal_insert_lsn() - '%s'::pg_lsn".formatted(start)));
    }
  }

  /** Returns the time that the server took, without that of making the ids. */
  private static long insert(Connection connection, Key key) throws SQLException {
    var sql =
        "insert into purchase select %s, 'a purchase of two items' from unnest(?) as id"
            .formatted(key.value());
    long nanos = 0;
    try (var insert = connection.prepareStatement(sql);
        var checkpoint = connection.createStatement()) {
      for (int made = 0; made < ROWS; made += BATCH) {
        if (made % CHECKPOINT == 0) {
          checkpoint.execute("checkpoint");
        }
        var ids = Stream.generate(key.next()).limit(BATCH).toArray(key.array());
        insert.setArray(1, connection.createArrayOf(key.type(), ids));
        long start = System.nanoTime();
        insert.executeUpdate();
        nanos += System.nanoTime() - start;
      }
    }
    return nanos;
  }

  private static String mebibytes(Statement statement, String bytes) throws SQLException {
    return "%.0f".formatted(Double.parseDouble(value(statement, "select " + bytes)) / MIB);
  }

  private static String value(Statement statement, String query) throws SQLException {
    try (var row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
