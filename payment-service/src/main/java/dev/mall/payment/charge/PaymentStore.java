package dev.mall.payment.charge;

import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.messaging.consumer.failure.StaleWriteException;
import dev.mall.money.Money;
import dev.mall.payment.charge.Payment.Authorized;
import dev.mall.payment.charge.Payment.CalledOff;
import dev.mall.payment.charge.Payment.Charged;
import dev.mall.payment.charge.Payment.Declined;
import dev.mall.payment.charge.Payment.Expired;
import dev.mall.payment.charge.Payment.Refunded;
import dev.mall.payment.charge.Payment.Voided;
import dev.mall.runtime.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reads and writes payments, a batch at a time. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class PaymentStore {

  private static final String LOCK =
      """
      select order_id, state, customer_id, amount_minor, currency, decline_reason,
             coalesce(declined_round, 1) as declined_round
        from payment
       where order_id = any(:orders)
       order by order_id
         for update
      """;

  /** Those that another transaction has locked are about to be captured or voided. */
  private static final String LOCK_OVERDUE =
      """
      select order_id, customer_id, amount_minor, currency
        from payment
       where state = 'AUTHORIZED' and held_until < now()
       order by held_until
       limit :most
         for update skip locked
      """;

  private static final String ROWS =
      """
      unnest(:orders, :states, :customers, :amounts, :currencies, :reasons, :rounds)
             as p (order_id, state, customer_id, amount_minor, currency, decline_reason,
                   declined_round)
      """;

  /** Written once: an authorized payment is written again only when its hold ends. */
  private static final String HELD_UNTIL =
      "case p.state when 'AUTHORIZED' then now() + :hold * interval '1 ms' end";

  private static final String INSERT =
      """
      insert into payment (
               order_id, state, customer_id, amount_minor, currency, decline_reason,
               declined_round, held_until)
      select order_id, state, customer_id, amount_minor, currency, decline_reason, declined_round,
             %s
        from %s
       order by order_id
      on conflict do nothing
      """
          .formatted(HELD_UNTIL, ROWS);

  private static final String UPDATE =
      """
      update payment
         set state = p.state, customer_id = p.customer_id, amount_minor = p.amount_minor,
             currency = p.currency, decline_reason = p.decline_reason,
             declined_round = p.declined_round, held_until = %s, updated_at = now()
        from %s
       where payment.order_id = p.order_id
      """
          .formatted(HELD_UNTIL, ROWS);

  private final JdbcClient jdbc;
  private final AuthorizationProperties properties;

  PaymentStore(JdbcClient jdbc, AuthorizationProperties properties) {
    this.jdbc = jdbc;
    this.properties = properties;
  }

  /** The orders' payments, locked until the transaction ends; orders without one are absent. */
  Map<Long, Payment> locked(Collection<Long> orderIds) {
    return jdbc
        .sql(LOCK)
        .param("orders", Columns.longs(orderIds))
        .query((row, _) -> payment(row))
        .list()
        .stream()
        .collect(Collectors.toMap(Payment::orderId, Function.identity()));
  }

  /** Locks expired authorizations that no other transaction has locked, the oldest first. */
  List<Authorized> lockedOverdue(int most) {
    return jdbc.sql(LOCK_OVERDUE)
        .param("most", most)
        .query((row, _) ->
            new Authorized(
                row.getLong("order_id"),
                row.getString("customer_id"),
                Money.of(row.getLong("amount_minor"), row.getString("currency"))))
        .list();
  }

  /**
   * @throws StaleWriteException if a concurrent transaction inserted one of them
   */
  void insert(List<Payment> payments) {
    write(INSERT, payments);
  }

  /** Updates payments that are locked. */
  void update(List<Payment> payments) {
    write(UPDATE, payments);
  }

  private void write(String sql, List<Payment> payments) {
    if (payments.isEmpty()) {
      return;
    }
    var rows = payments.stream().map(Row::of).toList();
    int written =
        jdbc.sql(sql)
            .param("orders", Columns.longs(rows, Row::orderId))
            .param("states", Columns.texts(rows, Row::state))
            .param("customers", Columns.texts(rows, Row::customerId))
            .param("amounts", rows.stream().map(Row::amountMinor).toArray(Long[]::new))
            .param("currencies", Columns.texts(rows, Row::currency))
            .param("reasons", Columns.texts(rows, Row::reason))
            .param("hold", properties.hold().toMillis())
            .param("rounds", rows.stream().map(Row::declinedRound).toArray(Integer[]::new))
            .update();
    StaleWriteException.unless(rows.size(), written, "payments");
  }

  private static Payment payment(ResultSet row) throws SQLException {
    long orderId = row.getLong("order_id");
    var state = row.getString("state");
    if (state.equals("CALLED_OFF")) {
      return new CalledOff(orderId);
    }
    var customer = row.getString("customer_id");
    var amount = Money.of(row.getLong("amount_minor"), row.getString("currency"));
    return switch (state) {
      case "CHARGED" -> new Charged(orderId, customer, amount);
      case "REFUNDED" -> new Refunded(orderId, customer, amount);
      case "AUTHORIZED" -> new Authorized(orderId, customer, amount);
      case "EXPIRED" -> new Expired(orderId, customer, amount);
      case "VOIDED" -> new Voided(orderId, customer, amount);
      case "DECLINED" ->
          new Declined(
              orderId,
              customer,
              amount,
              DeclineReason.valueOf(row.getString("decline_reason")),
              row.getInt("declined_round"));
      default -> throw new IllegalStateException("order " + orderId + ": payment is " + state);
    };
  }

  /** A row of the table {@code payment}. */
  private record Row(
      long orderId,
      String state,
      @Nullable String customerId,
      @Nullable Long amountMinor,
      @Nullable String currency,
      @Nullable String reason,
      @Nullable Integer declinedRound) {

    static Row of(Payment payment) {
      return switch (payment) {
        case Charged(var order, var customer, var amount) ->
            of(order, "CHARGED", customer, amount, null, null);
        case Refunded(var order, var customer, var amount) ->
            of(order, "REFUNDED", customer, amount, null, null);
        case Authorized(var order, var customer, var amount) ->
            of(order, "AUTHORIZED", customer, amount, null, null);
        case Expired(var order, var customer, var amount) ->
            of(order, "EXPIRED", customer, amount, null, null);
        case Voided(var order, var customer, var amount) ->
            of(order, "VOIDED", customer, amount, null, null);
        case Declined(var order, var customer, var amount, var reason, var round) ->
            of(order, "DECLINED", customer, amount, reason.name(), round);
        case CalledOff(var order) -> new Row(order, "CALLED_OFF", null, null, null, null, null);
      };
    }

    private static Row of(
        long orderId,
        String state,
        String customerId,
        Money amount,
        @Nullable String reason,
        @Nullable Integer declinedRound) {
      return new Row(
          orderId,
          state,
          customerId,
          amount.minor(),
          amount.currency().getCurrencyCode(),
          reason,
          declinedRound);
    }
  }
}
