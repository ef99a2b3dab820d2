package dev.mall.launcher.tour;

import java.util.List;

/** The demo's products and customers. */
final class DemoShop {

  static final String CURRENCY = "EUR";

  static final DemoProduct CUP = new DemoProduct("espresso-cup", "Espresso cup", 12_50, 40);
  static final DemoProduct BEANS = new DemoProduct("beans-1kg", "Coffee beans, 1 kg", 18_90, 25);
  static final DemoProduct GRINDER = new DemoProduct("grinder", "Coffee grinder", 89_00, 5);
  static final DemoProduct POT = new DemoProduct("moka-pot", "Moka pot", 34_00, 2);

  static final DemoCustomer ADA = new DemoCustomer("ada", "Ada", 200_00);
  static final DemoCustomer BEN = new DemoCustomer("ben", "Ben", 400_00);
  static final DemoCustomer CLEO = new DemoCustomer("cleo", "Cleo", 5_00);

  static final List<DemoProduct> PRODUCTS = List.of(CUP, BEANS, GRINDER, POT);
  static final List<DemoCustomer> CUSTOMERS = List.of(ADA, BEN, CLEO);

  private DemoShop() {}
}
