package dev.mall.launcher;

import dev.mall.embedded.EmbeddedPostgres;
import dev.mall.launcher.suite.Service;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks into the databases for what the public interface does not tell. */
final class Ledger {

  private static final String UNBALANCED =
      """
      select currency || ' is off by ' || sum(amount_minor) from ledger_entry
       group by currency having sum(amount_minor) <> 0
      """;

  private static final String WRONG_BALANCES =
      """
      select 'wallet ' || customer_id || ' holds ' || balance_minor || ', its entries say '
             || coalesce(total, 0)
        from wallet left join
             (select account, sum(amount_minor) total from ledger_entry group by account) entries
          on account = 'wallet:' || customer_id
       where balance_minor <> coalesce(total, 0)
      """;

  private Ledger() {}

  /**
   * @return what does not add up
   */
  static List<String> complaints(EmbeddedPostgres postgres) {
    var found = new ArrayList<String>();
    try (var connection = postgres.dataSource(Service.PAYMENT.database()).getConnection();
        var statement = connection.createStatement()) {
      for (var query : List.of(UNBALANCED, WRONG_BALANCES)) {
        try (var rows = statement.executeQuery(query)) {
          while (rows.next()) {
            found.add("ledger: " + rows.getString(1));
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the ledger", e);
    }
    return found;
  }
}
