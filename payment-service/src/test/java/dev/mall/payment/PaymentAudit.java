package dev.mall.payment;

import static org.assertj.core.api.Assertions.assertThat;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Judges the books by SQL of its own. */
record PaymentAudit(JdbcClient jdbc) {

  void passes() {
    finds(
        "currencies whose entries do not sum to zero",
        """
        select currency, sum(amount_minor) from ledger_entry
         group by currency having sum(amount_minor) <> 0
        """);
    finds(
        "wallets that differ from their entries",
        """
        select customer_id, balance_minor, sum(amount_minor)
          from wallet left join ledger_entry on account = 'wallet:' || customer_id
         group by customer_id, balance_minor
        having balance_minor <> coalesce(sum(amount_minor), 0) or balance_minor < 0
        """);
    finds(
        "entries of a wallet that does not exist",
        """
        select account from ledger_entry
         where account like 'wallet:%'
           and substr(account, 8) not in (select customer_id from wallet)
        """);
    finds(
        "payments that differ from what was moved",
        """
        select order_id, state, amount_minor, taken, refunded, held
          from payment p,
               lateral (select coalesce(sum(amount_minor) filter (where kind in ('CHARGE', 'CAPTURE')), 0),
                               coalesce(sum(amount_minor) filter (where kind = 'REFUND'), 0),
                               coalesce(sum(case kind when 'AUTHORIZE' then amount_minor
                                                      when 'CAPTURE' then -amount_minor
                                                      when 'VOID' then -amount_minor end), 0)
                          from ledger_transaction
                         where kind <> 'DEPOSIT' and reference = p.order_id::text)
                       as moved (taken, refunded, held)
         where taken <> case when state in ('CHARGED', 'REFUNDED') then amount_minor else 0 end
            or refunded <> case when state = 'REFUNDED' then amount_minor else 0 end
            or held <> case when state = 'AUTHORIZED' then amount_minor else 0 end
            or (state = 'AUTHORIZED') <> (held_until is not null)
        """);
    finds(
        "held money that no open authorization explains",
        """
        select currency, sum(amount_minor)
          from (select currency, amount_minor from ledger_entry where account = 'holds'
                union all
                select currency, -amount_minor from payment where state = 'AUTHORIZED') h
         group by currency having sum(amount_minor) <> 0
        """);
    finds(
        "movements of orders without payment",
        """
        select reference from ledger_transaction
         where kind <> 'DEPOSIT' and reference::bigint not in (select order_id from payment)
        """);
  }

  private void finds(String faults, String query) {
    assertThat(jdbc.sql(query).query().listOfRows()).as(faults).isEmpty();
  }
}
