package dev.mall.benchmarks.measure;

import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Orders of a system by status.
 *
 * @param open accepted and not yet final
 */
public record OrderCounts(long confirmed, long cancelled, long open) {

  public static final OrderCounts NONE = new OrderCounts(0, 0, 0);

  /** Counts the rows of the table {@code orders}. */
  public static OrderCounts read(DataSource orders) throws SQLException {
    try (var connection = orders.getConnection();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select count(*) filter (where status = 'CONFIRMED') as confirmed,
                       count(*) filter (where status = 'CANCELLED') as cancelled,
                       count(*) filter (where status = 'PENDING') as open
                  from orders
                """)) {
      row.next();
      return new OrderCounts(
          row.getLong("confirmed"), row.getLong("cancelled"), row.getLong("open"));
    }
  }

  OrderCounts minus(OrderCounts earlier) {
    return new OrderCounts(
        confirmed - earlier.confirmed, cancelled - earlier.cancelled, open - earlier.open);
  }
}
