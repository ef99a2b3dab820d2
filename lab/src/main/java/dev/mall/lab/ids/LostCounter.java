package dev.mall.lab.ids;

import dev.mall.embedded.EmbeddedPostgres;
import dev.mall.embedded.Place;
import dev.mall.embedded.RedisServer;
import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/** The server of a counter, from which workers take segments of ids, loses power. */
public final class LostCounter implements Experiment {

  private static final int SEGMENT = 10;

  /** An id that a worker gave to an order. */
  private record Made(long id) {
    @Override
    public String toString() {
      return "id " + id;
    }
  }

  @Override
  public String name() {
    return "ids/lost-counter";
  }

  @Override
  public String title() {
    return "A counter in Redis is lost, and its segments are given out again";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    Short, dense ids come from a counter. One increment per id costs a round trip, so a worker takes a segment: it raises the counter by 1000
    and gives out the thousand ids from memory. Redis does that quickly, libraries offer it ready-made, and a worker that ends early only leaves a gap.

    But the counter is now the memory of the whole system: it alone knows which ids exist. Redis answers before it has written anything down.
    With its default configuration it writes a snapshot once in a while; with the append-only file, once per second; and a replica that is promoted
    has what had reached it by then. Each of them may lose the latest increments, which is harmless for a cache. A counter that goes back
    by one step gives out a segment that a living worker is still using.

    A sequence in the database is the same counter with another promise: its increment is in the log on disk before a transaction that used it
    commits. After a crash it may skip numbers, and it never returns to one. Segments make it as cheap as Redis: with an increment of 1000 a
    thousand ids share a round trip, as object-relational mappers arrange it by default. The experiment kills either server with SIGKILL, as a
    power cut would.
    """;
  }

  @Override
  public String claim() {
    return "No two orders get the same id.";
  }

  @Override
  public String naive() {
    return "Segments of ten ids come from a counter in Redis, by Redisson's RIdGenerator.";
  }

  @Override
  public String remedy() {
    return "Segments of ten ids come from a sequence in PostgreSQL that counts in tens.";
  }

  @Override
  public String conclusion() {
    return """
    A counter for ids belongs where the rows are durable, and segments make it cheap there. Expect gaps: neither counter is dense after
    a crash. Redis is the wrong place for the only copy of a number that must not repeat.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "Fencing tokens come from a sequence",
            "common/locking/src/main/java/dev/mall/locking/LockingAutoConfiguration.java"),
        Link.to("Redis may come back empty", "docs/degradation.md#redis"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Redis: persistence",
            "https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/"),
        Link.to(
            "PostgreSQL: sequence manipulation functions",
            "https://www.postgresql.org/docs/18/functions-sequence.html"));
  }

  @Override
  public void run(Half half, Trial trial) throws Exception {
    var first = trial.node("worker 1");
    var second = trial.node("worker 2");
    var server = trial.node("counter");
    Counter counter = half.isNaive() ? new RedisCounter(trial) : new DatabaseCounter(trial);

    var one = counter.connect();
    first.call(server, "takes a segment, gives an order its id", one);
    first.step("gives an order its id", one);
    counter.kill();
    server.crash("power cut");
    counter.start();
    server.restart("with what is on its disk");
    var two = counter.connect();
    second.call(server, "takes a segment, gives an order its id", two);
    first.step("gives an order its id", one);
    second.step("gives an order its id", two);
  }

  @Override
  public List<Violation> judge(History history) {
    var made = history.facts(Made.class);
    return made.stream()
        .flatMap(later ->
            made.stream()
                .filter(earlier -> earlier.event().number() < later.event().number())
                .filter(earlier -> earlier.value().equals(later.value()))
                .map(earlier -> Violation.of("Two orders got " + later.value(), earlier, later)))
        .toList();
  }

  private interface Counter {

    /** Connects a worker, which makes ids from segments of its own. */
    Callable<Made> connect();

    void kill();

    void start();
  }

  private static final class RedisCounter implements Counter {

    private final Trial trial;
    private final RedisServer server;

    RedisCounter(Trial trial) {
      this.trial = trial;
      this.server = trial.newRedis();
    }

    @Override
    public Callable<Made> connect() {
      var ids = CounterClients.connect(trial, server).getIdGenerator("orders");
      ids.tryInit(1, SEGMENT);
      return () -> new Made(ids.nextId());
    }

    @Override
    public void kill() {
      server.kill();
    }

    @Override
    public void start() {
      server.start();
    }
  }

  private static final class DatabaseCounter implements Counter {

    private static final String DATABASE = "orders";

    private final EmbeddedPostgres server;

    DatabaseCounter(Trial trial) throws SQLException {
      server = trial.opened(new EmbeddedPostgres(Place.temporary()));
      server.start();
      server.createDatabase(DATABASE);
      try (var connection = server.dataSource(DATABASE).getConnection();
          var statement = connection.createStatement()) {
        statement.execute("create sequence segments increment by " + SEGMENT);
      }
    }

    @Override
    public Callable<Made> connect() {
      return new Segments(server.dataSource(DATABASE));
    }

    @Override
    public void kill() {
      server.process().kill();
    }

    @Override
    public void start() {
      server.start();
    }
  }

  private static final class Segments implements Callable<Made> {

    private final DataSource database;
    private long next;
    private long end;

    Segments(DataSource database) {
      this.database = database;
    }

    @Override
    public Made call() throws SQLException {
      if (next == end) {
        next = take();
        end = next + SEGMENT;
      }
      return new Made(next++);
    }

    private long take() throws SQLException {
      try (var connection = database.getConnection();
          var statement = connection.createStatement();
          var row = statement.executeQuery("select nextval('segments')")) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
