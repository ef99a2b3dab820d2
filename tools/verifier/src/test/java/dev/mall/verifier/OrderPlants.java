package dev.mall.verifier;

import static dev.mall.cli.MallService.ORDER;
import static dev.mall.cli.MallService.SAGA;
import static dev.mall.verifier.SoundMall.CONFIRMED;
import static dev.mall.verifier.SoundMall.REFUNDED;
import static dev.mall.verifier.findings.Kind.ORDER_LOST;
import static dev.mall.verifier.findings.Kind.OVERDUE;
import static dev.mall.verifier.findings.Kind.PARKED;
import static dev.mall.verifier.findings.Kind.SAGA_DISAGREES;
import static dev.mall.verifier.findings.Kind.STUCK_IN_SILENCE;
import static dev.mall.verifier.findings.Kind.TOTAL_WRONG;

import java.util.List;

/** Violations of orders and their sagas. */
final class OrderPlants {

  static final List<Plant> ALL =
      List.of(
          new Plant(
              "an order is gone",
              ORDER,
              "delete from order_line where order_id = %1$d; delete from request_key where order_id"
                  + " = %1$d; delete from orders where id = %1$d",
              ORDER_LOST,
              CONFIRMED),
          new Plant(
              "a key stands for an order that is gone",
              ORDER,
              "insert into request_key values ('c1', 'k', '', 42)",
              ORDER_LOST,
              42),
          new Plant(
              "an order is pending, and its saga has ended",
              ORDER,
              "update orders set status = 'PENDING', settled_at = null where id = %1$d",
              SAGA_DISAGREES,
              CONFIRMED),
          new Plant(
              "no saga took an order up, and it is not announced again",
              ORDER,
              """
              insert into orders (id, customer_id, status, total_minor, currency, payment_method,
                                  placed_at, announce_next)
              values (7, 'c1', 'PENDING', 100, 'EUR', 'WALLET', now(), now() - interval '1 h');
              insert into order_line values (7, 1, 'sku-01', 1, 100)
              """,
              STUCK_IN_SILENCE,
              7),
          new Plant(
              "no saga takes an order up, although it is announced again and again",
              ORDER,
              """
              insert into orders (id, customer_id, status, total_minor, currency, payment_method,
                                  placed_at, announcements, announce_next)
              values (7, 'c1', 'PENDING', 100, 'EUR', 'WALLET', now(), 3, now() + interval '1 min');
              insert into order_line values (7, 1, 'sku-01', 1, 100)
              """,
              OVERDUE,
              7),
          new Plant(
              "a total is not the sum of the lines",
              ORDER,
              "update order_line set unit_price_minor = unit_price_minor + 1 where order_id = %1$d"
                  + " and position = 1",
              TOTAL_WRONG,
              CONFIRMED),
          new Plant(
              "an order is confirmed while its saga still takes the money",
              SAGA,
              "update saga set state = 'RUNNING', step = 'pay', deadline = now() + interval '1 min'"
                  + " where order_id = %1$d",
              SAGA_DISAGREES,
              CONFIRMED),
          new Plant(
              "an order is confirmed, its saga compensated",
              SAGA,
              "update saga set state = 'COMPENSATED' where order_id = %1$d",
              SAGA_DISAGREES,
              CONFIRMED),
          new Plant(
              "an order has no saga",
              SAGA,
              "delete from saga where order_id = %1$d",
              SAGA_DISAGREES,
              CONFIRMED),
          new Plant(
              "an order without an orchestrator has a saga",
              ORDER,
              "update orders set checkout = 'CHOREOGRAPHY' where id = %1$d",
              SAGA_DISAGREES,
              CONFIRMED),
          new Plant(
              "order and saga name different reasons",
              SAGA,
              "update saga set refusal = 'NO_WALLET' where order_id = %2$d",
              SAGA_DISAGREES,
              REFUNDED),
          new Plant(
              "a saga has no deadline",
              SAGA,
              "update saga set state = 'RUNNING' where order_id = %1$d",
              STUCK_IN_SILENCE,
              CONFIRMED),
          new Plant(
              "a saga's deadline passed unnoticed",
              SAGA,
              "update saga set state = 'RUNNING', deadline = now() - interval '1 h' where order_id"
                  + " = %1$d",
              STUCK_IN_SILENCE,
              CONFIRMED),
          new Plant(
              "a saga is overdue",
              SAGA,
              "update saga set state = 'RUNNING', overdue = true, deadline = now() + interval '1"
                  + " min' where order_id = %1$d",
              OVERDUE,
              CONFIRMED),
          new Plant(
              "a saga is parked",
              SAGA,
              "update saga set state = 'RUNNING', parked_since = now(), parked_why = 'refused'"
                  + " where order_id = %1$d",
              PARKED,
              CONFIRMED));

  private OrderPlants() {}
}
