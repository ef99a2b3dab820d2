package dev.mall.launcher.tour;

import static dev.mall.launcher.tour.Assortment.CUSTOMERS;
import static dev.mall.launcher.tour.Assortment.PRODUCTS;

import dev.mall.launcher.terminal.Terminal;

/** What lies on the counter: stock and wallets, for people to see. */
final class Counter {

  private Counter() {}

  static void printOpening(Terminal terminal, Books books) {
    terminal.title("A small coffee shop is open");
    terminal.aside("  %-24s %14s %14s".formatted("", "price", "pieces"));
    for (var product : PRODUCTS) {
      terminal.line(
          "  %-24s %14s %14s"
              .formatted(
                  product.name(),
                  Books.money(product.priceMinor()),
                  pieces(books.stockOf(product))));
    }
    for (var customer : CUSTOMERS) {
      terminal.line(
          "  %-24s %14s"
              .formatted(customer.name() + "'s wallet", Books.money(books.balanceOf(customer))));
    }
  }

  static void printChanges(Terminal terminal, Books before, Books after) {
    terminal.title("Stock and wallets, before and after");
    terminal.aside("  %-24s %14s %14s".formatted("", "before", "after"));
    for (var product : PRODUCTS) {
      terminal.line(
          "  %-24s %14s %14s"
              .formatted(
                  product.name(), pieces(before.stockOf(product)), pieces(after.stockOf(product))));
    }
    for (var customer : CUSTOMERS) {
      terminal.line(
          "  %-24s %14s %14s"
              .formatted(
                  customer.name() + "'s wallet",
                  Books.money(before.balanceOf(customer)),
                  Books.money(after.balanceOf(customer))));
    }
  }

  private static String pieces(Shop.Stock stock) {
    return stock.reserved() == 0
        ? Long.toString(stock.onHand())
        : "%d (%d held)".formatted(stock.onHand(), stock.reserved());
  }
}
