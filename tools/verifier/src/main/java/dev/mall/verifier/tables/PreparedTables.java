package dev.mall.verifier.tables;

import dev.mall.verifier.findings.Findings;
import dev.mall.verifier.findings.Kind;
import java.sql.SQLException;
import java.time.Duration;

/** The transactions of a database that were prepared and not decided. */
public final class PreparedTables {

  /** An identifier ends with the id of its order. */
  private static final String WAITING =
      """
      select coalesce(substring(gid from '[0-9]+$'), gid) as order_id, ?::text as service, gid, prepared
        from pg_prepared_xacts
       where database = current_database()
         and prepared <= clock_timestamp() - ? * interval '1 ms'
       order by prepared
      """;

  private final Snapshot snapshot;

  public PreparedTables(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * @param late zero once nothing is under way: then each of them was forgotten
   */
  public void judge(Findings findings, Duration late) throws SQLException {
    snapshot.report(findings, Kind.IN_DOUBT, WAITING, snapshot.service().title(), late.toMillis());
  }
}
