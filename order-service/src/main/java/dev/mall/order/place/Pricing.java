package dev.mall.order.place;

import dev.mall.money.Money;
import dev.mall.money.MoneyRefused;
import dev.mall.order.OrderLine;
import dev.mall.order.OrderRefused;
import dev.mall.order.catalogue.ProductPrice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an order costs. Pure. */
final class Pricing {

  private Pricing() {}

  /**
   * The lines of {@code request} at the prices of {@code products}.
   *
   * @throws OrderRefused if a product is not known, or the sum cannot be made
   */
  static List<OrderLine> lines(PlaceOrder request, Map<String, ProductPrice> products) {
    var lines = new ArrayList<OrderLine>();
    var unknown = new ArrayList<String>();
    for (var item : request.items()) {
      var product = products.get(item.sku());
      if (product == null) {
        unknown.add(item.sku());
      } else {
        lines.add(new OrderLine(item.sku(), item.quantity(), product.price()));
      }
    }
    if (!unknown.isEmpty()) {
      throw new OrderRefused.UnknownSku(unknown);
    }
    return lines;
  }

  /**
   * @param lines not empty
   * @throws OrderRefused if the sum cannot be made, or is not the one that was expected
   */
  static Money total(PlaceOrder request, List<OrderLine> lines) {
    var total = sum(lines);
    if (request.expectedTotalMinor() != null && request.expectedTotalMinor() != total.minor()) {
      throw new OrderRefused.PriceChanged(total);
    }
    return total;
  }

  private static Money sum(List<OrderLine> lines) {
    try {
      return lines.stream().map(OrderLine::total).reduce(Money::plus).orElseThrow();
    } catch (MoneyRefused.MixedCurrencies _) {
      throw new OrderRefused.MixedCurrencies();
    } catch (MoneyRefused.Overflow _) {
      throw new OrderRefused.TotalTooLarge();
    }
  }
}
