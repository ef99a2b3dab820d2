package dev.mall.verifier.tables;

import dev.mall.verifier.findings.Findings;
import dev.mall.verifier.findings.Kind;
import java.sql.SQLException;
import java.time.Duration;

/** The messages that a service has not sent: waiting for the relay, or in quarantine. */
public final class OutboxTables {

  private static final String OLD =
      """
      select ?::text as service, number, topic, key, created_at
        from outbox where created_at < clock_timestamp() - ? * interval '1 ms' order by number
      """;

  /** A row leaves the quarantine only when an operator releases or deletes it. */
  private static final String QUARANTINED =
      """
      select key, ?::text as service, number, topic, reason, quarantined_at
        from outbox_quarantine order by number
      """;

  private final Snapshot snapshot;

  public OutboxTables(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  public long waiting() throws SQLException {
    return snapshot.number("select count(*) from outbox");
  }

  public String service() {
    return snapshot.service().title();
  }

  public void judge(Findings findings, Duration late) throws SQLException {
    snapshot.report(findings, Kind.OUTBOX_STUCK, OLD, service(), late.toMillis());
    snapshot.report(findings, Kind.OUTBOX_QUARANTINED, QUARANTINED, service());
  }
}
