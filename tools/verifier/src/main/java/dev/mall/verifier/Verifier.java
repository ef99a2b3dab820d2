package dev.mall.verifier;

import dev.mall.verifier.accepted.AcceptedOrderCheck;
import dev.mall.verifier.findings.Findings;
import dev.mall.verifier.findings.Kind;
import dev.mall.verifier.orders.OrderScan;
import dev.mall.verifier.orders.Tables;
import dev.mall.verifier.tables.DatabaseAddresses;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Judges whether every order, item and cent is accounted for. It only reads. */
public final class Verifier {

  private static final Duration PAUSE = Duration.ofMillis(300);

  /** Disagreements that a step settled by hand excuses. */
  private static final Set<Kind> SETTLED_BY_HAND =
      EnumSet.of(
          Kind.SAGA_DISAGREES,
          Kind.STOCK_DISAGREES,
          Kind.MONEY_DISAGREES,
          Kind.NOTIFIED_WRONGLY,
          Kind.CANCELLED_WITHOUT_CAUSE);

  private static final Set<Kind> ANYTHING = EnumSet.allOf(Kind.class);

  private final DatabaseAddresses databases;
  private final VerifierSettings settings;

  public Verifier(DatabaseAddresses databases, VerifierSettings settings) {
    this.databases = databases;
    this.settings = settings;
  }

  /**
   * Waits until nothing is under way, as long as the settings allow, and then judges.
   *
   * @throws SQLException if a database cannot be read
   * @throws IOException if the journal cannot be read
   */
  public Report verify() throws SQLException, IOException, InterruptedException {
    if (!settings.live()) {
      awaitStandstill();
    }
    long start = System.nanoTime();
    try (var moment = Snapshots.of(databases)) {
      var underWay = moment.underWay(settings.planted());
      var byHand = moment.books().sagas().settledByHand();
      var findings = new Findings(settings.shown(), excuses(byHand.keySet()));
      judgeEach(moment, findings);
      for (var prepared : moment.prepared()) {
        prepared.judge(
            findings, settings.live() || !underWay.isEmpty() ? settings.late() : Duration.ZERO);
      }
      for (var heuristic : moment.heuristics()) {
        heuristic.judge(findings);
      }
      if (!settings.live() && underWay.isEmpty()) {
        moment.catalogue().judge(findings);
      }
      long judged = judgeTogether(moment.books(), underWay, findings);
      long accepted = judgeAccepted(findings);
      return new Report(
          settings.live(),
          underWay,
          findings.counts(),
          findings.kept(),
          findings.excused(),
          new TreeMap<>(byHand),
          moment.summary(),
          judged,
          accepted,
          Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private void awaitStandstill() throws SQLException, InterruptedException {
    long end = System.nanoTime() + settings.patience().toNanos();
    while (!standsStill() && System.nanoTime() < end) {
      Thread.sleep(PAUSE);
    }
  }

  /** A product's change has left its outbox, and may still be read. */
  private boolean standsStill() throws SQLException {
    try (var moment = Snapshots.of(databases)) {
      return moment.underWay(settings.planted()).isEmpty() && moment.catalogue().agrees();
    }
  }

  private Map<String, Set<Kind>> excuses(Set<Long> byHand) {
    var excuses = new HashMap<String, Set<Kind>>();
    byHand.forEach(order -> excuses.put(Long.toString(order), SETTLED_BY_HAND));
    settings.planted().forEach(order -> excuses.put(Long.toString(order), ANYTHING));
    return excuses;
  }

  /** Checks the invariants within each service, and its overdue work. */
  private void judgeEach(Snapshots moment, Findings findings) throws SQLException {
    var books = moment.books();
    books.orders().judge(findings);
    books.stock().judge(findings, settings.late());
    books.money().judge(findings, settings.late());
    books.sagas().judgeSilence(findings, settings.late());
    if (!settings.live()) {
      books.sagas().judgeTrouble(findings, settings.late());
      for (var outbox : moment.outboxes()) {
        outbox.judge(findings, settings.late());
      }
    }
  }

  private long judgeTogether(Tables books, List<String> underWay, Findings findings)
      throws SQLException {
    var patience =
        new OrderScan.Patience(
            underWay.isEmpty(), settings.finalFor(), settings.late(), !settings.live());
    return new OrderScan(books, databases, patience, findings::add).judgeAll();
  }

  private long judgeAccepted(Findings findings) throws SQLException, IOException {
    var journal = settings.accepted();
    return journal.isPresent()
        ? new AcceptedOrderCheck(databases, findings).judge(journal.get())
        : 0;
  }
}
