package dev.mall.lab.ids;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import dev.mall.identifiers.IdParts;
import dev.mall.lab.study.Comparison;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.bson.types.ObjectId;

/** Seven kinds of ids, made by eight workers at once. */
public final class IdKinds implements Comparison {

  private static final int WORKERS = 8;
  private static final int LOCAL = 50_000;
  private static final int REMOTE = 1_000;
  private static final int SEGMENT = 1_000;

  @Override
  public String name() {
    return "ids/kinds";
  }

  @Override
  public String title() {
    return "Seven kinds of ids, made by eight workers at once";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    An id has to be unique although its makers do not talk while they make it. There are three ways. **Random bits** need no agreement: of
    a billion ids with the 122 random bits of UUIDv4, two are equal with a probability below one in 10<sup>19</sup>. **A name and a count**
    need agreement once: each worker has a number of its own and counts by itself, with the time in front, so that a restart does not repeat
    the count. **A shared counter** needs agreement for every id, or for every segment of ids, and costs a round trip for each.

    The second question is order. Ids that grow let a B-tree append instead of writing everywhere, and let a page continue at the last id
    seen. They grow per worker; between workers their order is that of the clocks, or of the segments. No kind is a global order of events.

    The third is disclosure. An id with a time says when a row was made, and a dense one says how many there are: the order numbers of two
    purchases show a competitor the sales of the week between them. A reader who must not know it gets another id than the primary key.

    Each worker is a thread with a generator, a connection or a segment of its own; ObjectId alone has one random part and one counter per
    process.
    """;
  }

  @Override
  public String conclusion() {
    return """
    UUIDv7 is the default: it needs no agreement, its ids grow, and every database stores it. A Snowflake id pays for its worker number with
    half the size, which counts where an id is the key of many tables and messages, as an order's is. A sequence is right inside one
    database. UUIDv4 is for ids that must not disclose their time, such as tokens.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "Order ids: IdGenerator",
            "common/identifiers/src/main/java/dev/mall/identifiers/IdGenerator.java"),
        Link.to("ADR 6: ids under a leased worker", "docs/adr/0006-ids-under-a-leased-worker.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to("RFC 9562: UUIDs", "https://www.rfc-editor.org/rfc/rfc9562"),
        Link.to(
            "MongoDB: ObjectId",
            "https://www.mongodb.com/docs/manual/reference/bson-types/#objectid"),
        Link.to(
            "PostgreSQL: CREATE SEQUENCE, CACHE",
            "https://www.postgresql.org/docs/18/sql-createsequence.html"));
  }

  @Override
  public Result compare(Trial trial) throws Exception {
    var rows = new ArrayList<List<String>>();
    for (var kind : kinds(trial)) {
      rows.add(row(kind));
    }
    return Result.of(
        new Table(
            "Eight workers at once, each with a generator of its own",
            List.of(
                Column.of("kind"),
                Column.of("bits"),
                Column.of("a worker needs"),
                Column.of("ids"),
                Column.of("duplicates"),
                Column.of("each worker's grow"),
                Column.measured("an id, parsed"),
                Column.measured("ids per second")),
            rows));
  }

  private static List<IdKind<?>> kinds(Trial trial) throws SQLException {
    var database = trial.database().connections();
    SuiteIds.migrate(database);
    execute(database, "create sequence plain");
    execute(database, "create sequence cached cache " + SEGMENT);
    var redis = CounterClients.connect(trial, trial.redis());
    redis.getIdGenerator("ids").tryInit(1, SEGMENT);
    var suite = trial.opened(new SuiteIds(database)).generator();
    return List.of(
        new IdKind<Long>(
            "Snowflake of the suite",
            64,
            "a worker number, leased",
            LOCAL,
            () -> trial.opened(new SuiteIds(database)).generator()::next,
            id -> parsed(suite.parse(id))),
        new IdKind<>("UUIDv4", 128, "nothing", LOCAL, () -> UUID::randomUUID, _ -> "nothing"),
        new IdKind<>(
            "UUIDv7",
            128,
            "nothing",
            LOCAL,
            () -> new TimeOrderedEpochFactory()::create,
            id -> Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16).toString()),
        new IdKind<>(
            "ObjectId",
            96,
            "nothing",
            LOCAL,
            () -> ObjectId::new,
            id -> Instant.ofEpochSecond(id.getTimestamp()).toString()),
        new IdKind<Long>(
            "database sequence",
            64,
            "a round trip per id",
            REMOTE,
            () -> sequence(trial, database, "plain"),
            IdKinds::counted),
        new IdKind<Long>(
            "database sequence, cache 1000",
            64,
            "a round trip per id",
            REMOTE,
            () -> sequence(trial, database, "cached"),
            IdKinds::counted),
        new IdKind<Long>(
            "Redis counter, segments of 1000",
            64,
            "a round trip per segment",
            LOCAL,
            () -> redis.getIdGenerator("ids")::nextId,
            IdKinds::counted));
  }

  private static String parsed(IdParts id) {
    return "%s, worker %d, sequence %d".formatted(id.time(), id.worker(), id.sequence());
  }

  private static String counted(long id) {
    return "at most %d before it".formatted(id - 1);
  }

  private static Callable<Long> sequence(Trial trial, DataSource database, String name)
      throws SQLException {
    var connection = trial.opened(database.getConnection());
    var next = connection.prepareStatement("select nextval(?::regclass)");
    next.setString(1, name);
    return () -> {
      try (var row = next.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    };
  }

  private static <T extends Comparable<T>> List<String> row(IdKind<T> kind) throws Exception {
    var tasks = new ArrayList<Callable<List<T>>>();
    for (int worker = 0; worker < WORKERS; worker++) {
      var next = kind.workers().start();
      tasks.add(() -> made(kind.perWorker(), next));
    }
    var perWorker = new ArrayList<List<T>>();
    long took;
    try (var threads = Executors.newFixedThreadPool(WORKERS)) {
      long start = System.nanoTime();
      for (var worker : threads.invokeAll(tasks)) {
        perWorker.add(worker.get());
      }
      took = System.nanoTime() - start;
    }
    var all = perWorker.stream().flatMap(List::stream).toList();
    return List.of(
        kind.name(),
        Integer.toString(kind.bits()),
        kind.coordination(),
        "%,d".formatted(all.size()),
        Integer.toString(all.size() - new HashSet<>(all).size()),
        perWorker.stream().allMatch(IdKinds::grow) ? "yes" : "no",
        kind.parse().apply(perWorker.getLast().getLast()),
        "%,d".formatted(all.size() * 1_000_000_000L / took));
  }

  private static <T> List<T> made(int count, Callable<T> next) throws Exception {
    var ids = new ArrayList<T>(count);
    for (int i = 0; i < count; i++) {
      ids.add(next.call());
    }
    return ids;
  }

  /** But for an overflow of a counter, such as ObjectId's of 24 bits, which begins anywhere. */
  private static <T extends Comparable<T>> boolean grow(List<T> ids) {
    long backwards =
        IntStream.range(1, ids.size())
            .filter(i -> ids.get(i - 1).compareTo(ids.get(i)) >= 0)
            .count();
    return backwards * 1000 <= ids.size();
  }

  private static void execute(DataSource database, String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
