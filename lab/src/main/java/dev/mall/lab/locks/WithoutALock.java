package dev.mall.lab.locks;

import dev.mall.lab.history.History;
import dev.mall.lab.history.History.Fact;
import dev.mall.lab.history.Violation;
import dev.mall.lab.locks.provider.RedisClients;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.redisson.api.RedissonClient;

/** The last piece of a stock, sold under a lock whose lease ends, and sold by one statement. */
public final class WithoutALock implements Experiment {

  private static final Duration LEASE = Duration.ofSeconds(10);

  /** The outcome of a sale, as the database decided it. */
  private record Sale(String worker, boolean sold) {
    @Override
    public String toString() {
      return sold ? "sold" : "refused: sold out";
    }
  }

  private record Pieces(int inStock) {
    @Override
    public String toString() {
      return inStock + " in stock";
    }
  }

  @Override
  public String name() {
    return "locks/without-a-lock";
  }

  @Override
  public String title() {
    return "A condition in the statement replaces the lock";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    Many distributed locks protect a few lines of this form: read a value from the database, decide, write the new value back. The lock
    is in another system than the data, and its lease may end between the read and the write. Then the write rests on a value that is
    no longer true, and the database, which would know better, accepts it.

    A database can take the decision itself. One statement, `update stock set pieces = pieces - 1 where sku = ? and pieces >= 1`,
    reads, decides and writes under the row lock that the database takes in any case. This lock has no lease: it ends with the
    transaction, and a connection that is lost rolls the transaction back. The number of changed rows is the answer: one row is sold,
    none is sold out.

    Most uses of a distributed lock have such a form. A unique constraint lets one of several inserts win, a version column refuses an
    update that rests on an old read, `for update skip locked` gives each worker rows of its own, and a partition of a topic has one
    consumer anyway. A lock in front of them may still save work that would be refused, as the batch lock of this suite does;
    correctness does not depend on it.
    """;
  }

  @Override
  public String claim() {
    return "No more pieces are sold than were in stock.";
  }

  @Override
  public String naive() {
    return "A lock in Redis protects a read, a decision in the worker, and a write.";
  }

  @Override
  public String remedy() {
    return "There is no lock: the statement that writes has the condition.";
  }

  @Override
  public String conclusion() {
    return """
    Ask first whether the store can refuse the wrong write by itself. A condition, a version or a constraint is cheaper than a lock,
    has no lease, and cannot be lost separately from the data.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "ADR 3: the database fences and decides",
            "docs/adr/0003-lock-a-batch-of-skus-in-one-script.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "PostgreSQL: explicit locking",
            "https://www.postgresql.org/docs/current/explicit-locking.html"),
        Link.to(
            "Kung and Robinson: On optimistic methods for concurrency control (1981)",
            "https://doi.org/10.1145/319566.319567"));
  }

  @Override
  public void run(Half half, Trial trial) throws SQLException {
    var a = trial.node("worker A");
    var b = trial.node("worker B");
    var redis = trial.node("Redis");
    var postgres = trial.node("PostgreSQL");
    var server = trial.redis();
    var stock = new Stock(half, trial.database().connections());
    var clientOfA = RedisClients.connect(trial, server);
    var clientOfB = RedisClients.connect(trial, server);

    postgres.step("stores the stock", stock::fill);
    a.call(redis, "locks the article for 10 s", () -> lock(half, clientOfA));
    var seenByA = a.call(postgres, "reads the stock", stock::read);
    a.pause("garbage collection");
    redis.step("11 s pass", () -> RedisClients.advance(server, LEASE.plusSeconds(1)));
    b.call(redis, "locks the article for 10 s", () -> lock(half, clientOfB));
    var seenByB = b.call(postgres, "reads the stock", stock::read);
    b.call(postgres, "sells a piece", () -> stock.sell("B", seenByB));
    a.resume();
    a.call(postgres, "sells a piece", () -> stock.sell("A", seenByA));
  }

  @Override
  public List<Violation> judge(History history) {
    int stocked =
        history.facts(Pieces.class).stream()
            .mapToInt(pieces -> pieces.value().inStock())
            .max()
            .orElseThrow();
    var sold = history.facts(Sale.class).stream().filter(sale -> sale.value().sold()).toList();
    return sold.size() <= stocked
        ? List.of()
        : List.of(
            Violation.of(
                "%d pieces were sold of %d".formatted(sold.size(), stocked),
                sold.toArray(Fact<?>[]::new)));
  }

  private static String lock(Half half, RedissonClient redisson) throws InterruptedException {
    if (!half.isNaive()) {
      return "not at all";
    }
    return redisson.getLock("article").tryLock(0, LEASE.toSeconds(), TimeUnit.SECONDS)
        ? "acquired"
        : "busy";
  }

  private record Stock(Half half, DataSource database) {

    Pieces fill() throws SQLException {
      update("create table stock (pieces integer not null)");
      update("insert into stock values (1)");
      return read();
    }

    Pieces read() throws SQLException {
      try (var connection = database.getConnection();
          var statement = connection.createStatement();
          var row = statement.executeQuery("select pieces from stock")) {
        row.next();
        return new Pieces(row.getInt(1));
      }
    }

    /**
     * @param seen before; the remedy does not look at it
     */
    Sale sell(String worker, Pieces seen) throws SQLException {
      if (!half.isNaive()) {
        return new Sale(
            worker, update("update stock set pieces = pieces - 1 where pieces >= 1") == 1);
      }
      if (seen.inStock() < 1) {
        return new Sale(worker, false);
      }
      update("update stock set pieces = " + (seen.inStock() - 1));
      return new Sale(worker, true);
    }

    private int update(String sql) throws SQLException {
      try (var connection = database.getConnection();
          var statement = connection.createStatement()) {
        return statement.executeUpdate(sql);
      }
    }
  }
}
