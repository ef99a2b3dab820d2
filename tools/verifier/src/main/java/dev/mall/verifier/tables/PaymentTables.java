package dev.mall.verifier.tables;

import dev.mall.verifier.findings.Findings;
import dev.mall.verifier.findings.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables of payment-service. */
public final class PaymentTables {

  /** An order's payment and its ledger transactions; either may be missing. */
  private static final String ALL =
      """
      select order_id, p.state, p.customer_id, p.amount_minor, p.currency, p.decline_reason,
             coalesce(l.charges, 0) as charges, coalesce(l.charged, 0) as charged,
             coalesce(l.refunds, 0) as refunds, coalesce(l.refunded, 0) as refunded,
             coalesce(l.authorizations, 0) as authorizations, coalesce(l.held, 0) as held,
             l.wallet, l.ledger_currency
        from payment p
        full join (
          select reference::bigint as order_id,
                 count(*) filter (where kind in ('CHARGE', 'CAPTURE')) as charges,
                 sum(amount_minor) filter (where kind in ('CHARGE', 'CAPTURE')) as charged,
                 count(*) filter (where kind = 'REFUND') as refunds,
                 sum(amount_minor) filter (where kind = 'REFUND') as refunded,
                 count(*) filter (where kind = 'AUTHORIZE') as authorizations,
                 sum(case kind when 'AUTHORIZE' then amount_minor
                               when 'CAPTURE' then -amount_minor
                               when 'VOID' then -amount_minor end) as held,
                 case when min(account) = max(account) then min(account)
                      else min(account) || ' and ' || max(account) end as wallet,
                 case when min(currency) = max(currency) then min(currency)
                      else min(currency) || ' and ' || max(currency) end as ledger_currency
            from (select *, case when kind in ('CHARGE', 'AUTHORIZE') then debit_account
                                 when kind in ('REFUND', 'VOID') then credit_account end
                              as account
                    from ledger_transaction where kind <> 'DEPOSIT') t
           where %1$s
           group by 1) l using (order_id)
       order by order_id
      """
          .formatted(isOrderId());

  private static final String LEDGER_UNBALANCED =
      """
      select currency, sum(amount_minor) as "off by" from ledger_entry
       group by currency having sum(amount_minor) <> 0 order by currency
      """;

  private static final String LEDGER_UNEXPLAINED =
      """
      select reference, number, kind, debit_account, credit_account, amount_minor, currency
        from ledger_transaction
       where case kind
               when 'DEPOSIT' then debit_account <> 'deposits' or credit_account not like 'wallet:%%'
               when 'CHARGE' then debit_account not like 'wallet:%%' or credit_account <> 'sales'
               when 'REFUND' then debit_account <> 'sales' or credit_account not like 'wallet:%%'
               when 'AUTHORIZE' then debit_account not like 'wallet:%%' or credit_account <> 'holds'
               when 'CAPTURE' then debit_account <> 'holds' or credit_account <> 'sales'
               when 'VOID' then debit_account <> 'holds' or credit_account not like 'wallet:%%'
               else true end
          or (kind <> 'DEPOSIT' and not %1$s)
          or amount_minor <= 0
       order by number
      """
          .formatted(isOrderId());

  private static final String WALLET_UNBALANCED =
      """
      select coalesce(w.customer_id, e.account) as customer, w.balance_minor as balance,
             coalesce(e.total, 0) as entries, coalesce(w.currency, e.currency) as currency
        from wallet w
        full join (
          select account, currency, sum(amount_minor) as total from ledger_entry
           where account like 'wallet:%' group by account, currency) e
          on e.account = 'wallet:' || w.customer_id and e.currency = w.currency
       where w.balance_minor is distinct from coalesce(e.total, 0) or w.balance_minor < 0
       order by 1
      """;

  private static final String DEPOSIT_UNBOOKED =
      """
      select coalesce(d.customer_id, t.credit_account) as customer,
             coalesce(d.id::text, t.reference) as deposit, d.amount_minor as brought,
             t.amount_minor as booked, coalesce(d.currency, t.currency) as currency
        from deposit d
        full join (select * from ledger_transaction where kind = 'DEPOSIT') t
          on t.reference = d.id::text
       where d.amount_minor is distinct from t.amount_minor
          or d.currency is distinct from t.currency
          or t.credit_account is distinct from 'wallet:' || d.customer_id
       order by 1
      """;

  private static final String HELD_TOO_LONG =
      """
      select order_id, customer_id as customer, held_until
        from payment
       where state = 'AUTHORIZED' and held_until < clock_timestamp() - ? * interval '1 ms'
       order by order_id
      """;

  /** Deposits that were promised under a key, and are not there as they were promised. */
  private static final String NOT_KEPT =
      """
      select p.customer_id as customer, p.key, p.amount_minor as promised, p.currency,
             d.amount_minor as deposited, d.currency as deposited_in
        from unnest(?::text[], ?::text[], ?::bigint[], ?::text[])
               as p (customer_id, key, amount_minor, currency)
        left join deposit d on d.customer_id = p.customer_id and d.idempotency_key = p.key
       where d.amount_minor is distinct from p.amount_minor
          or d.currency is distinct from p.currency
       order by 1, 2
      """;

  private static final String BY_CURRENCY =
      """
      select what || ' ' || currency as what, minor::bigint as minor
        from (select currency, case kind when 'DEPOSIT' then 'deposited' when 'CHARGE' then 'charged'
                                         when 'REFUND' then 'refunded'
                                         when 'AUTHORIZE' then 'authorized'
                                         when 'CAPTURE' then 'captured' else 'voided' end as what,
                     sum(amount_minor) as minor
                from ledger_transaction group by currency, kind
              union all
              select currency, 'in wallets', sum(balance_minor) from wallet group by currency) m
       order by currency, 1
      """;

  private final Snapshot snapshot;

  public PaymentTables(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * @param state of the payment; null if there is none
   * @param declineReason why it was declined; null if it was not
   * @param charges how often money was taken: from the wallet or from what was held
   * @param heldMinor authorized, and neither captured nor voided
   * @param wallet the ledger account that paid and was refunded
   */
  public record Row(
      long orderId,
      @Nullable String state,
      @Nullable String customer,
      long amountMinor,
      @Nullable String currency,
      @Nullable String declineReason,
      long charges,
      long chargedMinor,
      long refunds,
      long refundedMinor,
      long authorizations,
      long heldMinor,
      @Nullable String wallet,
      @Nullable String ledgerCurrency) {

    public String payment() {
      if (state == null) {
        return "none";
      }
      var why = declineReason == null ? "" : " " + declineReason;
      return customer == null
          ? state
          : "%s%s, %s, %d %s".formatted(state, why, customer, amountMinor, currency);
    }

    public String ledger() {
      return wallet == null
          ? "nothing"
          : "%s, %s: %d charges of %d, %d refunds of %d, %d authorizations, %d held"
              .formatted(
                  wallet,
                  ledgerCurrency,
                  charges,
                  chargedMinor,
                  refunds,
                  refundedMinor,
                  authorizations,
                  heldMinor);
    }
  }

  public OrderCursor<Row> payments() throws SQLException {
    return snapshot.stream(PaymentTables::row, Row::orderId, ALL);
  }

  /**
   * @param late how long an authorization may be overdue
   */
  public void judge(Findings findings, Duration late) throws SQLException {
    snapshot.report(findings, Kind.LEDGER_UNBALANCED, LEDGER_UNBALANCED);
    snapshot.report(findings, Kind.LEDGER_UNEXPLAINED, LEDGER_UNEXPLAINED);
    snapshot.report(findings, Kind.WALLET_UNBALANCED, WALLET_UNBALANCED);
    snapshot.report(findings, Kind.DEPOSIT_UNBOOKED, DEPOSIT_UNBOOKED);
    snapshot.report(findings, Kind.STUCK_IN_SILENCE, HELD_TOO_LONG, late.toMillis());
  }

  /** Holds the deposits to what was promised. */
  public void judge(Findings findings, List<Deposit> promised) throws SQLException {
    snapshot.report(
        findings,
        Kind.DEPOSIT_LOST,
        NOT_KEPT,
        promised.stream().map(Deposit::customerId).toArray(String[]::new),
        promised.stream().map(Deposit::key).toArray(String[]::new),
        promised.stream().map(Deposit::amountMinor).toArray(Long[]::new),
        promised.stream().map(Deposit::currency).toArray(String[]::new));
  }

  /** A deposit that was acknowledged to a customer. */
  public record Deposit(String customerId, String key, long amountMinor, String currency) {}

  public List<Summary.Line> summary() throws SQLException {
    return snapshot.list(
        row -> new Summary.Line(row.getString("what"), row.getLong("minor")), BY_CURRENCY);
  }

  /** Whether a ledger reference may be cast to an order's id. */
  private static String isOrderId() {
    return """
    (reference ~ '^[0-9]{1,18}$'
     or reference ~ '^[0-9]{19}$' and reference collate "C" <= '9223372036854775807')\
    """;
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("order_id"),
        row.getString("state"),
        row.getString("customer_id"),
        row.getLong("amount_minor"),
        row.getString("currency"),
        row.getString("decline_reason"),
        row.getLong("charges"),
        row.getLong("charged"),
        row.getLong("refunds"),
        row.getLong("refunded"),
        row.getLong("authorizations"),
        row.getLong("held"),
        row.getString("wallet"),
        row.getString("ledger_currency"));
  }
}
