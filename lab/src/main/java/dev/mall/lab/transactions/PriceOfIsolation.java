package dev.mall.lab.transactions;

import dev.mall.lab.study.Comparison;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** The ways to keep concurrent updates, measured on one wallet and on many. */
public final class PriceOfIsolation implements Comparison {

  private static final int CLIENTS = 4;
  private static final int TRANSACTIONS = 50;
  private static final int MANY = 1_000;

  private static final String FILL =
      "insert into wallet select id, 1000 from generate_series(1, :wallets) as id";

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("transaction"),
          Column.measured("updates lost"),
          Column.measured("attempts per transaction"),
          Column.measured("transactions/s"));

  @Override
  public String name() {
    return "transactions/price-of-isolation";
  }

  @Override
  public String title() {
    return "The price of not losing an update";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    All ways to prevent a lost update are correct, and they differ in the work that a conflict costs. A lock makes the second
    transaction wait, for about as long as the first one needs for its commit. An optimistic check, of a value, a version or by
    PostgreSQL itself at REPEATABLE READ, lets both do their work and throws one of the two results out. With few conflicts the check is free and
    nothing waits. With many the same work is done again and again, and the more clients there are, the smaller is the share that
    succeeds.

    SERIALIZABLE adds bookkeeping: PostgreSQL records what each transaction has read, by row, page or, after a sequential scan,
    whole table. The granularity matters more than the bookkeeping, because a coarse lock makes transactions
    conflict that have no row in common. Indexes and short transactions keep it fine.

    Here four clients take one unit at a time, each transaction with a commit that is synced to disk: first all from one wallet, then each from any
    of 1,000. The first row loses updates; the difference to it is the price.
    """;
  }

  @Override
  public String conclusion() {
    return """
    On rows that are rarely shared, SERIALIZABLE costs little, and its retries are rare. On a hot row every optimistic scheme wastes work, and a
    single conditional UPDATE is the shortest time that a lock can be held. Decide by contention, and measure with the application's own transactions.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "A batch of orders shares one transaction and one lock per row",
            "inventory-service/src/main/java/dev/mall/inventory/stock/HandleStockCommands.java"),
        Link.to("One product in every order, by mode", "docs/checkout-modes.md#speed"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Ports and Grittner: Serializable Snapshot Isolation in PostgreSQL (2012)",
            "https://arxiv.org/abs/1208.4179"),
        Link.to(
            "Agrawal, Carey and Livny: Concurrency Control Performance Modeling (1987)",
            "https://doi.org/10.1145/32204.32220"));
  }

  @Override
  public Result compare(Trial trial) throws Exception {
    var database = trial.database();
    var table = DatabaseSession.of(trial, database);
    table.run("create table wallet (id int primary key, balance int not null)");
    var clients = new ArrayList<DatabaseSession>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(DatabaseSession.of(trial, database));
    }
    var load = new Load(table, clients, trial.seed());
    load.run(Withdrawals.ROW_LOCK, MANY); // the JVM compiles meanwhile
    return Result.of(
        load.compare("4 clients, one wallet", 1), load.compare("4 clients, 1,000 wallets", MANY));
  }

  private record Measurement(int lost, int attempts, Duration time) {

    List<String> row(Withdrawals way) {
      int all = CLIENTS * TRANSACTIONS;
      return List.of(
          way.title(),
          "%d of %d".formatted(lost, all),
          "%.2f".formatted(attempts / (double) all),
          "%.0f".formatted(all * 1e9 / time.toNanos()));
    }
  }

  private record Load(DatabaseSession table, List<DatabaseSession> clients, long seed) {

    Table compare(String caption, int wallets) throws Exception {
      var rows = new ArrayList<List<String>>();
      for (var way : Withdrawals.values()) {
        rows.add(run(way, wallets).row(way));
      }
      return new Table(caption, COLUMNS, rows);
    }

    Measurement run(Withdrawals way, int wallets) throws Exception {
      table.run("truncate wallet");
      table.sql(FILL).param("wallets", wallets).update();
      table.run("analyze wallet");
      int before = total();
      var work = new ArrayList<Callable<Integer>>();
      for (var client : clients) {
        var random = new Random(seed + work.size());
        work.add(() -> attempts(client, way, random, wallets));
      }
      long start = System.nanoTime();
      int attempts = 0;
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var done : threads.invokeAll(work)) {
          attempts += done.get();
        }
      }
      var time = Duration.ofNanos(System.nanoTime() - start);
      int taken = before - total();
      return new Measurement(CLIENTS * TRANSACTIONS - taken, attempts, time);
    }

    private int total() {
      return table.number("select sum(balance) from wallet");
    }

    private static int attempts(
        DatabaseSession client, Withdrawals way, Random random, int wallets) {
      int attempts = 0;
      for (int i = 0; i < TRANSACTIONS; i++) {
        attempts += way.take(client, 1 + random.nextInt(wallets));
      }
      return attempts;
    }
  }
}
