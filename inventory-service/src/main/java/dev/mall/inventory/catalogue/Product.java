package dev.mall.inventory.catalogue;

import dev.mall.money.Money;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.NullUnmarked;

/** A product for sale. Its version grows with each change, under the row's lock. */
@Entity
@NullUnmarked // Hibernate fills the fields
class Product {

  @Id private String sku;
  private String name;
  private long priceMinor;
  private String currency;
  private long version;

  protected Product() {}

  /** Returns whether anything changed. */
  boolean change(String name, Money price) {
    if (this.name.equals(name) && price().equals(price)) {
      return false;
    }
    this.name = name;
    this.priceMinor = price.minor();
    this.currency = price.currency().getCurrencyCode();
    this.version++;
    return true;
  }

  CatalogueEntry entry() {
    return new CatalogueEntry(sku, name, priceMinor, currency, version);
  }

  private Money price() {
    return Money.of(priceMinor, currency);
  }
}
