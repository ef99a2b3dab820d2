package dev.mall.inventory.catalogue;

import dev.mall.inventory.stock.StockLevels;
import dev.mall.money.Money;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Adds a product or changes it. */
@Service
public class PutProduct {

  private final Products products;
  private final StockLevels stock;
  private final Announcements announcements;

  PutProduct(Products products, StockLevels stock, Announcements announcements) {
    this.products = products;
    this.stock = stock;
    this.announcements = announcements;
  }

  /**
   * @param added whether it was not there before
   */
  public record Put(CatalogueEntry product, boolean added) {}

  /** Makes a product what is asked for, and tells others unless it was so already. */
  @Transactional
  public Put put(String sku, String name, Money price) {
    boolean added = products.add(sku, name, price.minor(), price.currency().getCurrencyCode()) == 1;
    if (added) {
      stock.open(sku);
    }
    var product = products.lock(sku).orElseThrow();
    if (added || product.change(name, price)) {
      announcements.announce(List.of(product.entry()));
    }
    return new Put(product.entry(), added);
  }
}
