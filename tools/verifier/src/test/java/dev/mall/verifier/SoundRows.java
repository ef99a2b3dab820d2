package dev.mall.verifier;

import static dev.mall.cli.MallService.INVENTORY;
import static dev.mall.cli.MallService.NOTIFICATION;
import static dev.mall.cli.MallService.ORDER;
import static dev.mall.cli.MallService.PAYMENT;
import static dev.mall.cli.MallService.SAGA;

import dev.mall.cli.MallService;
import java.util.List;

/** The rows of {@link SoundMall}, as statements in which ID and ORDERS are to be replaced. */
final class SoundRows {

  private static final String ORDERS =
      """
      (select i, ID + i as id, 'c' || i % 50 as customer,
              case i % 10 when 0 then 'OUT_OF_STOCK' when 1 then 'INSUFFICIENT_FUNDS'
                          when 2 then 'RESERVATION_EXPIRED' when 3 then 'TIMED_OUT' end as reason
         from generate_series(1, ORDERS) as i)
      """;

  private static final String LINES =
      """
      (select id, customer, reason, p, 'sku-' || lpad(((i * 7 + p) % 20)::text, 2, '0') as sku,
              (1 + (i + p) % 3)::int as quantity, 100 + (i * 7 + p) % 20 as price
         from OF_ORDERS as o, generate_series(1, 1 + i % 3) as p)
      """
          .replace("OF_ORDERS", ORDERS);

  private static final String TOTALS =
      """
      (select id, customer, reason, sum(quantity * price) as total
         from OF_LINES as l group by id, customer, reason)
      """
          .replace("OF_LINES", LINES);

  static List<String> of(MallService service) {
    return switch (service) {
      case ORDER ->
          List.of(
              """
              insert into orders (id, customer_id, status, cancel_reason, total_minor, currency,
                                  payment_method, placed_at, settled_at, announce_next)
              select id, customer, case when reason is null then 'CONFIRMED' else 'CANCELLED' end,
                     reason, total, 'EUR', 'WALLET', now() - interval '1 h',
                     now() - interval '59 min', now() + interval '1 h'
                from\
              """
                  + TOTALS
                  + "as o order by id",
              """
              update orders
                 set status = 'RETURNED', cancellation_requested_at = now(),
                     cancellation_reason = 'ordered twice'
               where id % 10 = 7
              """,
              """
              insert into order_line (order_id, position, sku, quantity, unit_price_minor)
              select id, p, sku, quantity, price from\
              """
                  + LINES
                  + "as l order by id, p",
              """
              insert into product (sku, version, name, price_minor, currency)
              select 'sku-' || lpad(i::text, 2, '0'), 1, 'Thing', 100 + i, 'EUR'
                from generate_series(0, 19) as i
              """,
              """
              insert into request_key (customer_id, key, fingerprint, order_id)
              select customer, 'key-' || i, '', id from\
              """
                  + ORDERS
                  + "as o order by id");
      case SAGA ->
          List.of(
              """
              insert into saga (order_id, definition, version, state, step, round, attempt, asked_at,
                                done, in_doubt, overdue, lines, event, started_at)
              select -id, 'cancel-order', 1, 'COMPLETED', 'notify-return', 1, 1, now(), '{}', '{}',
                     false, 5, '{}', now() - interval '30 min' from\
              """
                  + ORDERS
                  + "as o where id % 10 = 7 order by id",
              """
              insert into saga (order_id, definition, version, state, step, round, attempt, asked_at,
                                done, in_doubt, refusal, overdue, lines, event, started_at)
              select id, 'place-order', 1,
                     case when reason is null then 'COMPLETED' else 'COMPENSATED' end, 'notify', 1, 1,
                     now(), '{}', '{}', reason, false, 6, '{}', now() - interval '1 h' from\
              """
                  + ORDERS
                  + "as o order by id");
      case INVENTORY ->
          List.of(
              """
              insert into product (sku, name, price_minor, currency, version)
              select 'sku-' || lpad(i::text, 2, '0'), 'Thing', 100 + i, 'EUR', 1
                from generate_series(0, 19) as i
              """,
              """
              insert into reservation (order_id, customer_id, state, held_until, revision)
              select id, case when reason is distinct from 'TIMED_OUT' then customer end,
                     case when id % 10 = 7 then 'RETURNED' when reason is null then 'COMMITTED'
                          else 'RELEASED' end, now(), 1 from\
              """
                  + ORDERS
                  + "as o where reason is distinct from 'OUT_OF_STOCK' order by id",
              """
              insert into reservation_line (order_id, sku, quantity)
              select id, sku, quantity from\
              """
                  + LINES
                  + """
                  as l where coalesce(reason, '') not in ('OUT_OF_STOCK', 'TIMED_OUT') order by id
                  """,
              """
              insert into stock (sku, received, sold, on_hand)
              select sku, received, coalesce(sold, 0), received - coalesce(sold, 0)
                from (select sku, sum(quantity) as received,
                             sum(quantity) filter (where state = 'COMMITTED') as sold
                        from reservation_line join reservation using (order_id)
                       where state in ('COMMITTED', 'RETURNED') group by sku) l
              """,
              """
              insert into receipt (sku, idempotency_key, quantity, booked_at)
              select sku, 'all', received, now() - interval '1 day' from stock
              """);
      case PAYMENT ->
          List.of(
              """
              insert into wallet (customer_id, currency, balance_minor)
              select 'c' || i, 'EUR', 0 from generate_series(0, 49) as i
              """,
              """
              insert into deposit (id, customer_id, idempotency_key, amount_minor, currency,
                                   balance_minor, made_at)
              select gen_random_uuid(), customer_id, 'first', 1000000000000, 'EUR', 1000000000000,
                     now()
                from wallet
              """,
              """
              insert into ledger_transaction (
                       kind, reference, debit_account, credit_account, amount_minor, currency)
              select 'DEPOSIT', id::text, 'deposits', 'wallet:' || customer_id, amount_minor, 'EUR'
                from deposit
              """,
              """
              insert into payment (order_id, state, customer_id, amount_minor, currency, decline_reason)
              select id,
                     case coalesce(reason, '')
                          when '' then case when id % 10 = 7 then 'REFUNDED' else 'CHARGED' end
                          when 'TIMED_OUT' then 'CALLED_OFF'
                          when 'INSUFFICIENT_FUNDS' then 'DECLINED' else 'REFUNDED' end,
                     case when reason is distinct from 'TIMED_OUT' then customer end,
                     case when reason is distinct from 'TIMED_OUT' then total end,
                     case when reason is distinct from 'TIMED_OUT' then 'EUR' end,
                     case when reason = 'INSUFFICIENT_FUNDS' then reason end from\
              """
                  + TOTALS
                  + "as o where reason is distinct from 'OUT_OF_STOCK' order by id",
              """
              insert into ledger_transaction (
                       kind, reference, debit_account, credit_account, amount_minor, currency)
              select 'CHARGE', order_id::text, 'wallet:' || customer_id, 'sales', amount_minor, 'EUR'
                from payment
               where state in ('CHARGED', 'REFUNDED') and order_id % 10 not in (5, 6)
               order by order_id
              """,
              """
              insert into ledger_transaction (
                       kind, reference, debit_account, credit_account, amount_minor, currency)
              select 'AUTHORIZE', order_id::text, 'wallet:' || customer_id, 'holds', amount_minor,
                     'EUR'
                from payment where state = 'CHARGED' and order_id % 10 in (5, 6) order by order_id
              """,
              """
              insert into ledger_transaction (
                       kind, reference, debit_account, credit_account, amount_minor, currency)
              select 'CAPTURE', order_id::text, 'holds', 'sales', amount_minor, 'EUR'
                from payment where state = 'CHARGED' and order_id % 10 in (5, 6) order by order_id
              """,
              """
              insert into ledger_transaction (
                       kind, reference, debit_account, credit_account, amount_minor, currency)
              select 'REFUND', order_id::text, 'sales', 'wallet:' || customer_id, amount_minor, 'EUR'
                from payment where state = 'REFUNDED' order by order_id
              """,
              """
              update wallet set balance_minor = total from (
                select account, sum(amount_minor) as total from ledger_entry group by account) e
               where account = 'wallet:' || customer_id
              """);
      case NOTIFICATION ->
          List.of(
              """
              insert into notification (order_id, outcome, customer_id, title, text, total_minor,
                                        currency, reason)
              select id, case when reason is null then 'CONFIRMED' else 'CANCELLED' end, customer, '',
                     '', total, 'EUR', reason from\
              """
                  + TOTALS
                  + "as o order by id",
              """
              insert into notification (order_id, outcome, customer_id, title, text, total_minor,
                                        currency)
              select order_id, 'RETURNED', customer_id, '', '', total_minor, currency
                from notification where order_id % 10 = 7 order by order_id
              """);
    };
  }

  private SoundRows() {}
}
