package dev.mall.verifier.tables;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables of notification-service. */
public final class NotificationTables {

  private static final String ALL =
      """
      select order_id, count(*) as entries, string_agg(outcome, ' and ' order by number) as outcomes,
             min(customer_id) as customer, min(total_minor) as total, min(currency) as currency,
             min(reason) as reason
        from notification
       group by order_id
       order by order_id
      """;

  private static final String BY_OUTCOME =
      "select outcome as what, count(*) as entries from notification group by outcome order by 1";

  private final Snapshot snapshot;

  public NotificationTables(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** A customer's notifications of an order; with several, the details of one. */
  public record Row(
      long orderId,
      long entries,
      String outcomes,
      String customer,
      long totalMinor,
      String currency,
      @Nullable String reason) {

    @Override
    public String toString() {
      return "%d notified: %s%s, %s, %d %s"
          .formatted(
              entries,
              outcomes,
              reason == null ? "" : " " + reason,
              customer,
              totalMinor,
              currency);
    }
  }

  public OrderCursor<Row> all() throws SQLException {
    return snapshot.stream(NotificationTables::row, Row::orderId, ALL);
  }

  public List<Summary.Line> summary() throws SQLException {
    return snapshot.list(
        row -> new Summary.Line(row.getString("what"), row.getLong("entries")), BY_OUTCOME);
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("order_id"),
        row.getLong("entries"),
        row.getString("outcomes"),
        row.getString("customer"),
        row.getLong("total"),
        row.getString("currency"),
        row.getString("reason"));
  }
}
