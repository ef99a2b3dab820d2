package dev.mall.launcher.tour;

import static dev.mall.launcher.tour.DemoShop.CUSTOMERS;
import static dev.mall.launcher.tour.DemoShop.PRODUCTS;

import dev.mall.cli.Terminal;

/** Prints stock and wallets. */
final class ShopPrinter {

  private ShopPrinter() {}

  static void printOpening(Terminal terminal, ShopState books) {
    terminal.title("A small coffee shop is open");
    terminal.aside("  %-24s %14s %14s".formatted("", "price", "pieces"));
    for (var product : PRODUCTS) {
      terminal.line(
          "  %-24s %14s %14s"
              .formatted(
                  product.name(),
                  ShopState.money(product.priceMinor()),
                  pieces(books.stockOf(product))));
    }
    for (var customer : CUSTOMERS) {
      terminal.line(
          "  %-24s %14s"
              .formatted(
                  customer.name() + "'s wallet", ShopState.money(books.balanceOf(customer))));
    }
  }

  static void printChanges(Terminal terminal, ShopState before, ShopState after) {
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
                  ShopState.money(before.balanceOf(customer)),
                  ShopState.money(after.balanceOf(customer))));
    }
  }

  private static String pieces(MallClient.Stock stock) {
    return stock.reserved() == 0
        ? Long.toString(stock.onHand())
        : "%d (%d held)".formatted(stock.onHand(), stock.reserved());
  }
}
