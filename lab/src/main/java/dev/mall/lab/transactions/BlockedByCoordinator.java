package dev.mall.lab.transactions;

import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.transactions.Participant.End;
import dev.mall.lab.trial.Trial;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A coordinator of two-phase commits crashes between its decision and its last message. */
public final class BlockedByCoordinator implements Experiment {

  /** The coordinator's last look at transactions without a decision. */
  private record Recovery(List<String> ends) {
    @Override
    public String toString() {
      return String.join(", ", ends);
    }
  }

  private record Attempt(boolean blocked) {
    @Override
    public String toString() {
      return blocked ? "blocked" : "free";
    }
  }

  private record Effects(List<Integer> orders) {
    @Override
    public String toString() {
      return "orders " + orders;
    }
  }

  @Override
  public String name() {
    return "transactions/blocked-by-coordinator";
  }

  @Override
  public String title() {
    return "Two-phase commit waits for a coordinator that has forgotten";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    Two-phase commit makes one decision for several databases. In the first phase each participant does its work and prepares: it promises
    that it can commit, whatever happens, and keeps its locks. Once all have promised, the coordinator decides, and in the second phase each participant
    commits. After its promise a participant may neither commit nor roll back by itself, since the decision may be either; its
    transaction is in doubt. In PostgreSQL this is `PREPARE TRANSACTION`, which survives a restart of the server, locks included.

    The protocol blocks while the coordinator is down, and no participant can change that. The question is whether it ever ends. Here the coordinator
    crashes after the first of two commits, with another order prepared in one database. If the decision was only in memory, the new
    process cannot know it: to commit order 2 would sell a piece without payment, to roll back order 1 would take back half of a
    sale. So the decision is written to a log before the first message of the second phase. The
    new process asks the participants for prepared transactions and commits those that the log names. For the others no decision can have been
    sent, so it rolls them back: presumed abort, which spares a record for each rollback.
    """;
  }

  @Override
  public String claim() {
    return "Once the coordinator runs again, no row stays locked, and each order is in both databases or in none.";
  }

  @Override
  public String naive() {
    return "The coordinator keeps its decisions in memory, and leaves transactions that it does not know in doubt.";
  }

  @Override
  public String remedy() {
    return "It writes the decision to commit to a log first, and presumes the abort of each transaction that the log does not name.";
  }

  @Override
  public String conclusion() {
    return """
    Two-phase commit is as available as its coordinator's log: keep it in a database that is replicated, let any replica of the coordinator
    continue, watch the age of prepared transactions, and never end one by hand without reading the log. An abort may be presumed only once the
    old process can no longer write to the log. Locks are held for as long as the slowest participant takes.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "ADR 36: the decision is the saga's row, and its absence an abort",
            "docs/adr/0036-two-phase-commit-by-prepared-transactions.md"),
        Link.to(
            "PreparedTransactions",
            "common/two-phase/src/main/java/dev/mall/twophase/PreparedTransactions.java"),
        Link.to("TWO_PHASE, its crashes and costs", "docs/checkout-modes.md#two_phase"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Mohan, Lindsay and Obermarck: Transaction Management in the R* Distributed Database Management System (1986)",
            "https://doi.org/10.1145/7239.7266"),
        Link.to(
            "Gray and Lamport: Consensus on Transaction Commit (2006)",
            "https://doi.org/10.1145/1132863.1132867"),
        Link.to(
            "PostgreSQL: PREPARE TRANSACTION",
            "https://www.postgresql.org/docs/18/sql-prepare-transaction.html"));
  }

  @Override
  public void run(Half half, Trial trial) throws SQLException {
    var coordinator = trial.node("coordinator");
    var other = trial.node("other order");
    var inventory = trial.node("inventory");
    var payment = trial.node("payment");
    var stock = Participant.of(trial);
    var wallets = Participant.of(trial);
    var log = new DecisionLog(DatabaseSession.of(trial, trial.database()));
    var decisions = decisions(half, log);

    coordinator.call(inventory, "prepares order 1", () -> stock.prepare(1));
    coordinator.call(payment, "prepares order 1", () -> wallets.prepare(1));
    coordinator.step("decides to commit order 1", () -> decisions.commit(1));
    coordinator.call(inventory, "commits order 1", () -> stock.end(1, End.COMMIT));
    coordinator.call(inventory, "prepares order 2", () -> stock.prepare(2));
    coordinator.crash("power cut");
    other.call(payment, "asks for the wallet of order 1", () -> attempt(wallets, 1));
    coordinator.restart("a new process");
    var known = decisions(half, log);
    coordinator.call(payment, "ends what is prepared", () -> recover(wallets, known));
    coordinator.call(inventory, "ends what is prepared", () -> recover(stock, known));
    other.call(payment, "asks for the wallet of order 1", () -> attempt(wallets, 1));
    other.call(inventory, "asks for the piece of order 2", () -> attempt(stock, 2));
    inventory.step("has sold", () -> new Effects(stock.committed()));
    payment.step("was paid", () -> new Effects(wallets.committed()));
  }

  @Override
  public List<Violation> judge(History history) {
    int recovered = history.facts(Recovery.class).getLast().event().number();
    var violations = new ArrayList<Violation>();
    history.facts(Attempt.class).stream()
        .filter(attempt -> attempt.value().blocked() && attempt.event().number() > recovered)
        .map(blocked ->
            Violation.of("A row stays locked though the coordinator runs again", blocked))
        .forEach(violations::add);
    var effects = history.facts(Effects.class);
    var inventory = effects.getFirst();
    var payment = effects.getLast();
    if (!inventory.value().equals(payment.value())) {
      violations.add(
          Violation.of("An order is in one database and not in the other", inventory, payment));
    }
    return violations;
  }

  private static Attempt attempt(Participant participant, int order) {
    return new Attempt(participant.isLocked(order));
  }

  private static Recovery recover(Participant participant, Decisions known) {
    return new Recovery(
        participant.prepared().stream()
            .map(order -> recovered(participant, order, known))
            .toList());
  }

  private static String recovered(Participant participant, int order, Decisions known) {
    var decision = known.of(order);
    decision.ifPresent(end -> participant.end(order, end));
    return "order %d: %s".formatted(order, decision.map(End::toString).orElse("in doubt"));
  }

  /** The decisions of a process that was just started. */
  private static Decisions decisions(Half half, DecisionLog log) {
    return half.isNaive() ? new DecisionsInMemory() : log;
  }

  private interface Decisions {

    /** Returns where the decision is kept. */
    String commit(int order);

    /** Empty if it cannot be known. */
    Optional<End> of(int order);
  }

  private static final class DecisionsInMemory implements Decisions {

    private final Set<Integer> commits = new HashSet<>();

    @Override
    public String commit(int order) {
      commits.add(order);
      return "in memory";
    }

    @Override
    public Optional<End> of(int order) {
      return commits.contains(order) ? Optional.of(End.COMMIT) : Optional.empty();
    }
  }

  /** The coordinator's database. */
  private static final class DecisionLog implements Decisions {

    private final DatabaseSession session;

    DecisionLog(DatabaseSession session) {
      this.session = session;
      session.run("create table decision (order_id int primary key)");
    }

    @Override
    public String commit(int order) {
      session.sql("insert into decision values (:order)").param("order", order).update();
      return "in the log";
    }

    /** An order that is not in the log was not decided, so that its abort may be presumed. */
    @Override
    public Optional<End> of(int order) {
      boolean commits =
          session
              .sql("select exists (select from decision where order_id = :order)")
              .param("order", order)
              .query(Boolean.class)
              .single();
      return Optional.of(commits ? End.COMMIT : End.ROLLBACK);
    }
  }
}
