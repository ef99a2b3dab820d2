package dev.mall.inventory.catalogue;

import dev.mall.inventory.InventoryRefused;
import dev.mall.inventory.stock.StockLevels;
import dev.mall.money.Money;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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

  /** Inserts or updates a product and publishes it if anything changed. */
  @Transactional
  public Put put(String sku, String name, Money price) {
    return put(sku, name, price, _ -> true);
  }

  /**
   * The same for a product whose version passes; empty stands for a product that does not exist.
   *
   * @throws InventoryRefused.VersionChanged if it does not pass
   * @throws InventoryRefused.OtherCurrency if the product is priced in another currency
   */
  @Transactional
  public Put put(String sku, String name, Money price, Predicate<Optional<Long>> expected) {
    boolean added = expected.test(Optional.empty()) && add(sku, name, price);
    var product =
        products
            .lock(sku)
            .orElseThrow(() -> new InventoryRefused.VersionChanged(sku, Optional.empty()));
    if (added || change(product, name, price, expected)) {
      announcements.announce(List.of(product.entry()));
    }
    return new Put(product.entry(), added);
  }

  private boolean add(String sku, String name, Money price) {
    if (products.add(sku, name, price.minor(), price.currency().getCurrencyCode()) == 0) {
      return false;
    }
    stock.open(sku);
    return true;
  }

  private static boolean change(
      Product product, String name, Money price, Predicate<Optional<Long>> expected) {
    var now = product.entry();
    if (!expected.test(Optional.of(now.version()))) {
      throw new InventoryRefused.VersionChanged(now.sku(), Optional.of(now.version()));
    }
    if (!now.currency().equals(price.currency().getCurrencyCode())) {
      throw new InventoryRefused.OtherCurrency(now.sku(), now.currency());
    }
    return product.change(name, price);
  }
}
