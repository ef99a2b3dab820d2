package dev.mall.payment.ledger;

import dev.mall.messaging.consumer.failure.StaleWriteException;
import dev.mall.money.Money;
import dev.mall.runtime.Columns;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Wallets and ledger transactions. Balances change only here, in the statement that also records
 * the ledger transaction: wallet and ledger cannot contradict each other.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class Ledger {

  private static final String OPEN =
      """
      insert into wallet (customer_id, currency, balance_minor)
      values (:customer, :currency, 0)
      on conflict do nothing
      """;

  private static final String LOCK =
      """
      select customer_id, currency, balance_minor
        from wallet
       where customer_id = any(:customers)
       order by customer_id
         for update
      """;

  private static final String POST =
      """
      with posted as (
        insert into ledger_transaction
               (kind, reference, debit_account, credit_account, amount_minor, currency)
        select kind, reference, debit, credit, amount, currency
          from unnest(:kinds, :references, :debits, :credits, :amounts, :currencies)
               with ordinality as t (kind, reference, debit, credit, amount, currency, position)
         order by position
        returning 1),
      moved as (
        update wallet w
           set balance_minor = w.balance_minor + c.by_minor
          from (select customer_id, currency, sum(change)::bigint as by_minor
                  from unnest(:customers, :walletCurrencies, :changes)
                       as m (customer_id, currency, change)
                 group by customer_id, currency) c
         where w.customer_id = c.customer_id and w.currency = c.currency
        returning 1)
      select (select count(*) from posted) as posted, (select count(*) from moved) as moved
      """;

  private final JdbcClient jdbc;
  private final ApplicationEventPublisher events;

  Ledger(JdbcClient jdbc, ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.events = events;
  }

  /** Published in the transaction, with the posted ledger transactions in their order. */
  record Posted(List<LedgerTransaction> transactions) {}

  /** Opens a wallet for a customer who has none. */
  public void open(String customerId, Currency currency) {
    jdbc.sql(OPEN)
        .param("customer", customerId)
        .param("currency", currency.getCurrencyCode())
        .update();
  }

  /**
   * The customers' wallets, locked until the transaction ends; customers without one are absent.
   */
  public Map<String, Wallet> locked(Collection<String> customerIds) {
    return jdbc
        .sql(LOCK)
        .param("customers", Columns.texts(customerIds))
        .query((row, _) ->
            new Wallet(
                row.getString("customer_id"),
                Money.of(row.getLong("balance_minor"), row.getString("currency"))))
        .list()
        .stream()
        .collect(Collectors.toMap(Wallet::customerId, Function.identity()));
  }

  /**
   * Records {@code transactions} in this order and moves the balances, in one statement. The
   * wallets that they move must be locked.
   *
   * @throws StaleWriteException if a wallet is not there in the transaction's currency
   * @throws org.springframework.dao.DuplicateKeyException if one of them was posted before
   * @throws org.springframework.dao.DataIntegrityViolationException if a balance would go below
   *     zero
   */
  public void post(List<LedgerTransaction> transactions) {
    if (transactions.isEmpty()) {
      return;
    }
    var moving = transactions.stream().filter(LedgerTransaction::movesWallet).toList();
    var wallets = moving.stream().map(LedgerTransaction::walletKept).distinct().count();
    var written =
        jdbc.sql(POST)
            .param("kinds", Columns.texts(transactions, t -> t.kind().name()))
            .param("references", Columns.texts(transactions, LedgerTransaction::reference))
            .param("debits", Columns.texts(transactions, LedgerTransaction::debit))
            .param("credits", Columns.texts(transactions, LedgerTransaction::credit))
            .param("amounts", Columns.longs(transactions, t -> t.amount().minor()))
            .param(
                "currencies",
                Columns.texts(transactions, t -> t.amount().currency().getCurrencyCode()))
            .param("customers", Columns.texts(moving, LedgerTransaction::customerId))
            .param(
                "walletCurrencies",
                Columns.texts(moving, t -> t.amount().currency().getCurrencyCode()))
            .param("changes", Columns.longs(moving, t -> t.walletChange().minor()))
            .query(Written.class)
            .single();
    StaleWriteException.unless(transactions.size(), written.posted(), "ledger transactions");
    StaleWriteException.unless((int) wallets, written.moved(), "wallets");
    events.publishEvent(new Posted(transactions));
  }

  private record Written(int posted, int moved) {}
}
