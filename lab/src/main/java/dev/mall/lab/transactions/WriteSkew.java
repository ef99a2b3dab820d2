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
import org.springframework.dao.DataAccessException;

/** Two transactions check a rule over both wallets, and each writes the wallet of its own. */
public final class WriteSkew implements Experiment {

  private static final String TABLE =
      """
      create table wallet (customer text primary key, balance int not null);
      insert into wallet values ('ann', 100), ('ben', 100)
      """;

  private record Withdrawal(String customer, int amount, int total) {

    boolean isTaken() {
      return amount <= total;
    }

    @Override
    public String toString() {
      return isTaken() ? "taken" : "refused: both have %d".formatted(total);
    }
  }

  private record Total(int amount) {
    @Override
    public String toString() {
      return Integer.toString(amount);
    }
  }

  @Override
  public String name() {
    return "transactions/write-skew";
  }

  @Override
  public String title() {
    return "Two transactions keep a rule each, and break it together";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    Snapshot isolation, PostgreSQL's REPEATABLE READ, gives each transaction the database as it was when the transaction began, and aborts
    the second of two writers of one row. It does not notice when two transactions read the same rows and write different ones. A
    household has two wallets, either of which may be overdrawn as long as both together are not. Both customers withdraw at the same
    time: each transaction reads both wallets, finds enough, and subtracts from its own. No row was written twice, so both
    commit, and the household is in debt. This is write skew; the same happens to two doctors who leave the night shift, to two bookings of a
    room, and to any rule that counts rows which another transaction inserts.

    SERIALIZABLE in PostgreSQL watches for it: the transaction records what it read, and when reads and writes of concurrent
    transactions form a dangerous pattern, one of them is aborted with SQL state 40001. It has to be run again from its first statement,
    because its reads are outdated, and every transaction on these tables has to be SERIALIZABLE, or its reads are not recorded. The
    alternative is to make the conflict visible: lock a row that stands for the rule (`select … for update` on the household),
    which both transactions then have in common.
    """;
  }

  @Override
  public String claim() {
    return "Both wallets together never fall below zero.";
  }

  @Override
  public String naive() {
    return "Both withdrawals check the rule and write in a REPEATABLE READ transaction.";
  }

  @Override
  public String remedy() {
    return "The transactions are SERIALIZABLE, and one that fails with 40001 is run again.";
  }

  @Override
  public String conclusion() {
    return """
    A rule over more than one row needs SERIALIZABLE with a retry, or a lock on a row that all its transactions share. Snapshot isolation protects
    rows, not rules.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "StockStore locks each row that a decision depends on",
            "inventory-service/src/main/java/dev/mall/inventory/stock/StockStore.java"),
        Link.to(
            "ADR 13: a lock per customer makes the count of reservations exact",
            "docs/adr/0013-cap-what-one-customer-holds.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Cahill, Röhm and Fekete: Serializable Isolation for Snapshot Databases (2008)",
            "https://doi.org/10.1145/1376616.1376690"),
        Link.to(
            "Ports and Grittner: Serializable Snapshot Isolation in PostgreSQL (2012)",
            "https://arxiv.org/abs/1208.4179"));
  }

  @Override
  public void run(Half half, Trial trial) throws SQLException {
    var ann = trial.node("ann");
    var ben = trial.node("ben");
    var wallets = trial.node("wallets");
    var database = trial.database();
    var table = DatabaseSession.of(trial, database);
    table.run(TABLE);
    var level = half.isNaive() ? IsolationLevel.REPEATABLE_READ : IsolationLevel.SERIALIZABLE;
    var byAnn = new Customer(ann, DatabaseSession.of(trial, database), level);
    var byBen = new Customer(ben, DatabaseSession.of(trial, database), level);

    ann.call(wallets, "begins and reads the total", byAnn::begin);
    ben.call(wallets, "begins and reads the total", byBen::begin);
    ann.call(wallets, "withdraws 150", () -> byAnn.withdraw(150));
    ben.call(wallets, "withdraws 150", () -> byBen.withdraw(150));
    wallets.step(
        "have together at the end",
        () -> new Total(table.number("select sum(balance) from wallet")));
  }

  @Override
  public List<Violation> judge(History history) {
    var taken =
        history.facts(Withdrawal.class).stream()
            .filter(withdrawal -> withdrawal.value().isTaken())
            .toList();
    return history.facts(Total.class).stream()
        .filter(total -> total.value().amount() < 0)
        .map(total ->
            Violation.of(
                "Both withdrawals kept the rule, and the total is %d"
                    .formatted(total.value().amount()),
                Stream.concat(taken.stream(), Stream.of(total)).toArray(Fact<?>[]::new)))
        .toList();
  }

  private static final class Customer {

    private final Node node;
    private final DatabaseSession session;
    private final IsolationLevel level;
    private int total;

    Customer(Node node, DatabaseSession session, IsolationLevel level) {
      this.node = node;
      this.session = session;
      this.level = level;
    }

    /** Returns the total. */
    int begin() {
      session.begin(level);
      total = session.number("select sum(balance) from wallet");
      return total;
    }

    Withdrawal withdraw(int amount) {
      while (true) {
        try {
          return decided(amount);
        } catch (DataAccessException failure) {
          if (!DatabaseSession.isSerializationFailure(failure)) {
            throw failure;
          }
          session.rollBack();
          node.event("is aborted with 40001, reads the total again → " + begin());
        }
      }
    }

    private Withdrawal decided(int amount) {
      var withdrawal = new Withdrawal(node.name(), amount, total);
      if (withdrawal.isTaken()) {
        session
            .sql("update wallet set balance = balance - :amount where customer = :customer")
            .param("amount", amount)
            .param("customer", node.name())
            .update();
      }
      session.commit();
      return withdrawal;
    }
  }
}
