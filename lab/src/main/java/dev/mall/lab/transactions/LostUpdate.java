package dev.mall.lab.transactions;

import dev.mall.lab.history.History;
import dev.mall.lab.history.History.Fact;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.transactions.DatabaseSession.IsolationLevel;
import dev.mall.lab.trial.Node;
import dev.mall.lab.trial.Trial;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Two payments read one balance, and each stores its own result. */
public final class LostUpdate implements Experiment {

  private static final int DEPOSIT = 100;

  private static final String TABLE =
      """
      create table wallet (id int primary key, balance int not null, version int not null);
      insert into wallet values (1, 100, 1)
      """;

  private record Read(int balance, int version) {
    @Override
    public String toString() {
      return "balance %d, version %d".formatted(balance, version);
    }
  }

  private record Paid(int amount, int left) {
    @Override
    public String toString() {
      return "stores " + left;
    }
  }

  private record FinalBalance(int amount) {
    @Override
    public String toString() {
      return Integer.toString(amount);
    }
  }

  @Override
  public String name() {
    return "transactions/lost-update";
  }

  @Override
  public String title() {
    return "An update is lost between two transactions";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    Code that reads a row, computes in the application and writes the result back is correct only as long as the row does not change in
    between. Two payments from one wallet read the same balance, each subtracts its amount and stores its own result. The second write
    replaces the first one, and a payment that the shop has confirmed is missing from the balance. A transaction around both statements
    does not help at READ COMMITTED, the default of PostgreSQL: no lock is taken by a plain SELECT, and both transactions commit.

    There are four repairs. The arithmetic moves into the statement (`set balance = balance - 30 where balance >= 30`), which reads and
    writes under the row's lock. The row is locked when it is read (`for update`), and the second payment waits. The row carries a
    version, the write names the version that was read, and a writer that finds none computes once more from the current row; this one also works
    when a user or another service works between reading and writing, as with `ETag` and `If-Match`. Or the isolation level is raised to
    REPEATABLE READ, which aborts the second writer with SQL state 40001, and the application runs it again. The experiment shows the version.
    """;
  }

  @Override
  public String claim() {
    return "The balance at the end is the deposit less all payments that were stored.";
  }

  @Override
  public String naive() {
    return "A payment stores the balance that it computed, in a READ COMMITTED transaction.";
  }

  @Override
  public String remedy() {
    return "It stores the balance only if the row still has the version that it read, and reads again otherwise.";
  }

  @Override
  public String conclusion() {
    return """
    Prefer the conditional UPDATE, which is one statement and never retries; lock the row if the rule is too long for SQL; use a version
    where reading and writing are requests of their own. A transaction alone isolates less than its name suggests.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "Ledger locks wallets in key order, then changes them by an amount",
            "payment-service/src/main/java/dev/mall/payment/ledger/Ledger.java"),
        Link.to(
            "Products have versions, as ETags",
            "inventory-service/src/main/java/dev/mall/inventory/catalogue/Product.java"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Berenson et al.: A Critique of ANSI SQL Isolation Levels (1995)",
            "https://arxiv.org/abs/cs/0701157"),
        Link.to(
            "PostgreSQL: Transaction Isolation",
            "https://www.postgresql.org/docs/18/transaction-iso.html"));
  }

  @Override
  public void run(Half half, Trial trial) throws SQLException {
    var a = trial.node("payment A");
    var b = trial.node("payment B");
    var wallet = trial.node("wallet");
    var database = trial.database();
    var table = DatabaseSession.of(trial, database);
    table.run(TABLE);
    var paymentA = new Payment(half, a, DatabaseSession.of(trial, database));
    var paymentB = new Payment(half, b, DatabaseSession.of(trial, database));

    a.call(wallet, "begins and reads", paymentA::begin);
    b.call(wallet, "begins and reads", paymentB::begin);
    a.call(wallet, "pays 30", () -> paymentA.pay(30));
    b.call(wallet, "pays 50", () -> paymentB.pay(50));
    wallet.step(
        "has at the end", () -> new FinalBalance(table.number("select balance from wallet")));
  }

  @Override
  public List<Violation> judge(History history) {
    var payments = history.facts(Paid.class);
    int paid = payments.stream().mapToInt(payment -> payment.value().amount()).sum();
    return history.facts(FinalBalance.class).stream()
        .filter(end -> end.value().amount() != DEPOSIT - paid)
        .map(end ->
            Violation.of(
                "Of %d, %d was paid, and %d is left".formatted(DEPOSIT, paid, end.value().amount()),
                Stream.concat(payments.stream(), Stream.of(end)).toArray(Fact<?>[]::new)))
        .toList();
  }

  private static final class Payment {

    private final Half half;
    private final Node node;
    private final DatabaseSession session;
    private Read latest = new Read(0, 0);

    Payment(Half half, Node node, DatabaseSession session) {
      this.half = half;
      this.node = node;
      this.session = session;
    }

    Read begin() {
      session.begin(IsolationLevel.READ_COMMITTED);
      return read();
    }

    Paid pay(int amount) {
      int left = latest.balance() - amount;
      while (!stores(left)) {
        node.event("version %d is gone, reads → %s".formatted(latest.version(), read()));
        left = latest.balance() - amount;
      }
      session.commit();
      return new Paid(amount, left);
    }

    private Read read() {
      latest = session.sql("select balance, version from wallet").query(Read.class).single();
      return latest;
    }

    private boolean stores(int left) {
      var update = "update wallet set balance = :left, version = version + 1 where id = 1";
      var statement =
          half.isNaive()
              ? session.sql(update)
              : session.sql(update + " and version = :version").param("version", latest.version());
      return statement.param("left", left).update() == 1;
    }
  }
}
