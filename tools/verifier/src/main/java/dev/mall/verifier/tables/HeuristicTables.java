package dev.mall.verifier.tables;

import dev.mall.verifier.findings.Finding;
import dev.mall.verifier.findings.Findings;
import dev.mall.verifier.findings.Kind;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Decisions on prepared transactions that an operator took instead of the coordinator. */
public final class HeuristicTables {

  private static final String DECIDED =
      "select order_id, outcome, who, why from two_phase_heuristic where outcome is not null";

  /** A database of a release before two-phase commits has no such table. */
  private static final String EXISTS = "select to_regclass('two_phase_heuristic') is not null";

  private static final String ENDED =
      "select id, status from orders where id = any (?) and status <> 'PENDING'";

  private final Snapshot participant;
  private final Snapshot orders;

  /**
   * @param participant inventory-service's database or payment-service's
   * @param orders order-service's, looked at before it
   */
  public HeuristicTables(Snapshot participant, Snapshot orders) {
    this.participant = participant;
    this.orders = orders;
  }

  private record Decided(long order, String outcome, String who, String why) {

    /** A cancelled order was rolled back; one that is confirmed or returned was committed. */
    boolean contradicts(String status) {
      return outcome.equals("COMMITTED") == status.equals("CANCELLED");
    }
  }

  /** Compares each with the end of its order. */
  public void judge(Findings findings) throws SQLException {
    if (!participant.list(row -> row.getBoolean(1), EXISTS).getFirst()) {
      return;
    }
    var decided =
        participant.list(
            row ->
                new Decided(
                    row.getLong("order_id"),
                    row.getString("outcome"),
                    row.getString("who"),
                    row.getString("why")),
            DECIDED);
    var ends = ends(decided);
    for (var each : decided) {
      var status = ends.get(each.order());
      if (status != null && each.contradicts(status)) {
        findings.add(contradiction(each, status));
      }
    }
  }

  private Map<Long, String> ends(List<Decided> decided) throws SQLException {
    var ids = decided.stream().map(Decided::order).collect(Collectors.toSet());
    return orders
        .list(row -> Map.entry(row.getLong("id"), row.getString("status")), ENDED, ids)
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private Finding contradiction(Decided decided, String status) {
    return new Finding(
        Kind.DECISION_DISAGREES,
        Long.toString(decided.order()),
        Kind.DECISION_DISAGREES.meaning(),
        Map.of(
            "service", participant.service().title(),
            "outcome", decided.outcome(),
            "order", status,
            "who", decided.who(),
            "why", decided.why()));
  }
}
