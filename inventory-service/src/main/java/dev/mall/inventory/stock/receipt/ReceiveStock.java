package dev.mall.inventory.stock.receipt;

import dev.mall.inventory.InventoryRefused;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Books deliveries. */
@Service
public class ReceiveStock {

  private static final String BOOK =
      """
      insert into receipt (sku, idempotency_key, quantity) values (:sku, :key, :quantity)
      on conflict do nothing
      """;

  private static final String FIND =
      """
      select sku, quantity, booked_at from receipt
       where sku = :sku and idempotency_key = :key
      """;

  private static final String RECEIVE =
      """
      update stock set on_hand = on_hand + :quantity, received = received + :quantity
       where sku = :sku
      """;

  private final JdbcClient jdbc;

  ReceiveStock(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param replayed whether it was booked before under the same key
   */
  public record Booked(Receipt receipt, boolean replayed) {}

  /**
   * Adds pieces to the stock, once per key; a repeat changes nothing and has the same result. Of
   * two concurrent calls with one key, the second waits for the first.
   *
   * @throws InventoryRefused.UnknownProduct if there is no such product
   * @throws InventoryRefused.ReceiptKeyReused if the key came with another quantity before
   */
  @Transactional
  public Booked receive(String sku, int quantity, String key) {
    boolean isNew = book(sku, quantity, key);
    if (isNew && !add(sku, quantity)) {
      throw new InventoryRefused.UnknownProduct(sku);
    }
    var booked = find(sku, key);
    if (booked.quantity() != quantity) {
      throw new InventoryRefused.ReceiptKeyReused(booked.quantity());
    }
    return new Booked(booked, !isNew);
  }

  private boolean book(String sku, int quantity, String key) {
    return jdbc.sql(BOOK).param("sku", sku).param("key", key).param("quantity", quantity).update()
        == 1;
  }

  /** Adds pieces; false if there is no such SKU. */
  private boolean add(String sku, int quantity) {
    return jdbc.sql(RECEIVE).param("sku", sku).param("quantity", quantity).update() == 1;
  }

  private Receipt find(String sku, String key) {
    return jdbc.sql(FIND).param("sku", sku).param("key", key).query(Receipt.class).single();
  }
}
