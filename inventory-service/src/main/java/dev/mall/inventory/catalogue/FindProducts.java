package dev.mall.inventory.catalogue;

import dev.mall.inventory.InventoryRefused;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads the catalogue. */
@Service
@Transactional(readOnly = true)
public class FindProducts {

  private final Products products;

  FindProducts(Products products) {
    this.products = products;
  }

  /**
   * @throws InventoryRefused.UnknownProduct if there is none
   */
  public CatalogueEntry find(String sku) {
    return products
        .findBySku(sku)
        .map(Product::entry)
        .orElseThrow(() -> new InventoryRefused.UnknownProduct(sku));
  }

  /** The next products by SKU; the first ones after an empty SKU. */
  public List<CatalogueEntry> after(String sku, int most) {
    return products.findBySkuGreaterThanOrderBySku(sku, Limit.of(most)).stream()
        .map(Product::entry)
        .toList();
  }
}
