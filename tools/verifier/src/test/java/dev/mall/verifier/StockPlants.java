package dev.mall.verifier;

import static dev.mall.cli.MallService.INVENTORY;
import static dev.mall.verifier.SoundMall.CONFIRMED;
import static dev.mall.verifier.SoundMall.REFUNDED;
import static dev.mall.verifier.findings.Kind.OVERSOLD;
import static dev.mall.verifier.findings.Kind.STOCK_DISAGREES;
import static dev.mall.verifier.findings.Kind.STOCK_UNBALANCED;

import java.util.List;

/** Violations of stock and reservations. */
final class StockPlants {

  private static final String UNSELL =
      """
      update stock s set sold = sold - quantity, on_hand = on_hand + quantity
        from reservation_line l where l.order_id = %1$d and l.sku = s.sku;
      """;

  /** Ten pieces more of everything, just now. */
  private static final String RESTOCK =
      """
      insert into receipt (sku, idempotency_key, quantity) select sku, 'again', 10 from stock;
      update stock set received = received + 10, on_hand = on_hand + 10;
      """;

  static final List<Plant> ALL =
      List.of(
          new Plant(
              "one unit is oversold",
              INVENTORY,
              """
              alter table stock drop constraint nothing_is_oversold;
              update receipt set quantity = (select sold - 1 from stock where sku = 'sku-05')
               where sku = 'sku-05';
              update stock set received = sold - 1, on_hand = -1 where sku = 'sku-05'
              """,
              OVERSOLD,
              "sku-05"),
          new Plant(
              "a piece came from nowhere",
              INVENTORY,
              "update stock set received = received + 1, on_hand = on_hand + 1 where sku ="
                  + " 'sku-05'",
              STOCK_UNBALANCED,
              "sku-05"),
          new Plant(
              "a piece is held for no order",
              INVENTORY,
              RESTOCK + "update stock set reserved = 1 where sku = 'sku-05'",
              STOCK_UNBALANCED,
              "sku-05"),
          new Plant(
              "a confirmed order has no reservation",
              INVENTORY,
              UNSELL
                  + "delete from reservation_line where order_id = %1$d; delete from reservation"
                  + " where order_id = %1$d",
              STOCK_DISAGREES,
              CONFIRMED),
          new Plant(
              "a confirmed order's reservation was released",
              INVENTORY,
              UNSELL + "update reservation set state = 'RELEASED' where order_id = %1$d",
              STOCK_DISAGREES,
              CONFIRMED),
          new Plant(
              "more was sold than was ordered",
              INVENTORY,
              RESTOCK
                  + """
                  update reservation_line set quantity = quantity + 1 where order_id = %1$d;
                  update stock s set sold = sold + 1, on_hand = on_hand - 1
                    from reservation_line l where l.order_id = %1$d and l.sku = s.sku
                  """,
              STOCK_DISAGREES,
              CONFIRMED),
          new Plant(
              "stock is held for a cancelled order",
              INVENTORY,
              RESTOCK
                  + """
                  update reservation set state = 'HELD', held_until = now() + interval '1 h'
                   where order_id = %2$d;
                  update stock s set reserved = quantity
                    from reservation_line l where l.order_id = %2$d and l.sku = s.sku
                  """,
              STOCK_DISAGREES,
              REFUNDED));

  private StockPlants() {}
}
