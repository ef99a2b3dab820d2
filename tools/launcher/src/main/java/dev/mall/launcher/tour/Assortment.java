package dev.mall.launcher.tour;

import java.util.List;

/** The demo's products and customers. */
final class Assortment {

  static final String CURRENCY = "EUR";

  static final Product CUP = new Product("espresso-cup", "Espresso cup", 12_50, 40);
  static final Product BEANS = new Product("beans-1kg", "Coffee beans, 1 kg", 18_90, 25);
  static final Product GRINDER = new Product("grinder", "Coffee grinder", 89_00, 5);
  static final Product POT = new Product("moka-pot", "Moka pot", 34_00, 2);

  static final Customer ADA = new Customer("ada", "Ada", 200_00);
  static final Customer BEN = new Customer("ben", "Ben", 400_00);
  static final Customer CLEO = new Customer("cleo", "Cleo", 5_00);

  static final List<Product> PRODUCTS = List.of(CUP, BEANS, GRINDER, POT);
  static final List<Customer> CUSTOMERS = List.of(ADA, BEN, CLEO);

  private Assortment() {}
}
