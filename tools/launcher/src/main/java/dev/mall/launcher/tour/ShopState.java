package dev.mall.launcher.tour;

import static dev.mall.launcher.tour.DemoShop.CUSTOMERS;
import static dev.mall.launcher.tour.DemoShop.PRODUCTS;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Stock by SKU and balances by customer at one moment, and what they must be after some orders. */
record ShopState(Map<String, MallClient.Stock> stock, Map<String, Long> balanceMinor) {

  static ShopState read(MallClient shop) {
    var stock = new LinkedHashMap<String, MallClient.Stock>();
    PRODUCTS.forEach(product -> stock.put(product.sku(), shop.stock(product.sku())));
    var balances = new LinkedHashMap<String, Long>();
    CUSTOMERS.forEach(customer -> balances.put(customer.id(), shop.balanceMinor(customer.id())));
    return new ShopState(stock, balances);
  }

  /** Differences from "confirmed orders took goods and money, the others took nothing". */
  List<String> differencesAfter(List<DemoOrder> confirmed, ShopState after) {
    var differences = new ArrayList<String>();
    PRODUCTS.forEach(product -> compareStock(product, confirmed, after, differences));
    CUSTOMERS.forEach(customer -> compareBalance(customer, confirmed, after, differences));
    return differences;
  }

  private void compareStock(
      DemoProduct product, List<DemoOrder> confirmed, ShopState after, List<String> differences) {
    long sold = confirmed.stream().mapToLong(order -> order.piecesOf(product)).sum();
    var was = stockOf(product);
    var must = new MallClient.Stock(was.onHand() - sold, was.reserved());
    if (!after.stockOf(product).equals(must)) {
      differences.add(
          "%s: %s, but it must be %s".formatted(product.sku(), after.stockOf(product), must));
    }
  }

  private void compareBalance(
      DemoCustomer customer, List<DemoOrder> confirmed, ShopState after, List<String> differences) {
    long paid =
        confirmed.stream()
            .filter(order -> order.customerId().equals(customer.id()))
            .mapToLong(DemoOrder::totalMinor)
            .sum();
    long must = balanceOf(customer) - paid;
    if (after.balanceOf(customer) != must) {
      differences.add(
          "%s holds %s, but it must be %s"
              .formatted(customer.name(), money(after.balanceOf(customer)), money(must)));
    }
  }

  /** Differences from "a wallet holds what its account's entries add up to". */
  List<String> differencesFrom(ToLongFunction<String> entriesMinor) {
    return CUSTOMERS.stream()
        .filter(customer -> entriesMinor.applyAsLong(customer.id()) != balanceOf(customer))
        .map(customer -> customer.name() + "'s wallet does not hold what its entries add up to")
        .toList();
  }

  MallClient.Stock stockOf(DemoProduct product) {
    return java.util.Objects.requireNonNull(stock.get(product.sku()));
  }

  long balanceOf(DemoCustomer customer) {
    return balanceMinor.getOrDefault(customer.id(), 0L);
  }

  static String money(long minor) {
    return "%s%d.%02d %s"
        .formatted(
            minor < 0 ? "-" : "", Math.abs(minor / 100), Math.abs(minor % 100), DemoShop.CURRENCY);
  }
}
