package dev.mall.payment.query;

import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.money.Money;
import dev.mall.payment.query.PaymentSummary.Payer;
import dev.mall.runtime.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Shows the payments of orders. */
@Service
@Transactional(readOnly = true)
public class FindPayments {

  private static final String OF_ORDER =
      """
      select order_id, state, customer_id, amount_minor, currency, decline_reason, updated_at,
             case state when 'AUTHORIZED' then held_until end as held_until
        from payment
       where order_id = :order
      """;

  private final JdbcClient jdbc;

  FindPayments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Empty until a command about the order's payment was handled. */
  public Optional<PaymentSummary> ofOrder(long orderId) {
    return jdbc.sql(OF_ORDER).param("order", orderId).query((row, _) -> summary(row)).optional();
  }

  private static PaymentSummary summary(ResultSet row) throws SQLException {
    var declined = row.getString("decline_reason");
    return new PaymentSummary(
        row.getLong("order_id"),
        status(row.getString("state")),
        payer(row),
        declined == null ? null : DeclineReason.valueOf(declined),
        Columns.nullableInstant(row, "held_until"),
        Columns.instant(row, "updated_at"));
  }

  private static @Nullable Payer payer(ResultSet row) throws SQLException {
    var customer = row.getString("customer_id");
    return customer == null
        ? null
        : new Payer(
            customer,
            Money.of(
                row.getLong("amount_minor"), Objects.requireNonNull(row.getString("currency"))));
  }

  private static PaymentStatus status(String state) {
    return switch (state) {
      case "AUTHORIZED" -> PaymentStatus.AUTHORIZED;
      case "CHARGED" -> PaymentStatus.CAPTURED;
      case "DECLINED" -> PaymentStatus.DECLINED;
      case "REFUNDED" -> PaymentStatus.REFUNDED;
      case "CALLED_OFF", "VOIDED", "EXPIRED" -> PaymentStatus.CANCELLED;
      default -> throw new IllegalStateException("a payment is " + state);
    };
  }
}
