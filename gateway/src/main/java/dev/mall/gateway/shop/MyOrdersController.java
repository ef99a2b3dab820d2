package dev.mall.gateway.shop;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import dev.mall.gateway.shop.services.Catalogue;
import dev.mall.gateway.shop.services.Catalogue.Product;
import dev.mall.gateway.shop.services.CustomerOrders;
import dev.mall.gateway.shop.services.CustomerOrders.CustomerOrder;
import dev.mall.gateway.shop.services.CustomerOrders.Line;
import dev.mall.gateway.shop.services.Customers;
import dev.mall.gateway.shop.services.Part;
import dev.mall.money.Money;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A customer's orders, each of them live, and their cancellation. */
@Controller
@Conditional(OwnIssuer.class)
class MyOrdersController {

  static final String ID = "[0-9]{1,19}";

  private final CustomerOrders orders;
  private final Catalogue catalogue;
  private final FollowOrders follow;
  private final Customers customers;

  MyOrdersController(
      CustomerOrders orders, Catalogue catalogue, FollowOrders follow, Customers customers) {
    this.orders = orders;
    this.catalogue = catalogue;
    this.follow = follow;
    this.customers = customers;
  }

  /** An order in the list. */
  record Row(CustomerOrder order, String status, String items) {

    static Row of(CustomerOrder order) {
      return new Row(
          order,
          Wording.status(order),
          order.items().stream()
              .map(line -> line.quantity() + " × " + line.sku())
              .collect(Collectors.joining(", ")));
    }
  }

  /** A line of an order, with the product's name if that is known. */
  record Item(String name, int quantity, Money price) {

    static Item of(Line line, String currency, Map<String, Product> products) {
      var product = products.get(line.sku());
      return new Item(
          product == null ? line.sku() : product.name(),
          line.quantity(),
          Money.of(line.unitPriceMinor(), currency).times(line.quantity()));
    }
  }

  @GetMapping("/my/orders")
  String list(
      @Valid @ModelAttribute("cart") Cart cart,
      @RequestParam(required = false) @Nullable String cursor,
      Authentication login,
      Model model) {
    var customer = customers.of(login);
    var page = orders.page(customer.token(), cursor);
    model.addAttribute("rows", page.items().stream().map(Row::of).toList());
    model.addAttribute("cursor", cursor);
    model.addAttribute("next", page.next());
    return "orders";
  }

  @GetMapping("/my/orders/{id}")
  String order(
      @PathVariable @Pattern(regexp = ID) String id,
      @Valid @ModelAttribute("cart") Cart cart,
      Authentication login,
      Model model) {
    var progress = follow.progress(customers.of(login), id);
    var order = progress.order();
    var skus = order.items().stream().map(Line::sku).distinct().toList();
    var products = Part.of(() -> catalogue.named(skus)).or(Map.of());
    var now = Instant.now();
    model.addAttribute("order", order);
    model.addAttribute("progress", progress);
    model.addAttribute("steps", progress.steps(now));
    model.addAttribute("atRest", progress.isAtRest(now));
    model.addAttribute("items", itemsOf(order, products));
    return "order";
  }

  private static List<Item> itemsOf(CustomerOrder order, Map<String, Product> products) {
    return order.items().stream().map(line -> Item.of(line, order.currency(), products)).toList();
  }

  @PostMapping("/my/orders/{id}/cancellation")
  ModelAndView cancel(
      @PathVariable @Pattern(regexp = ID) String id,
      @Valid @ModelAttribute("cart") Cart cart,
      Authentication login) {
    orders.cancel(customers.of(login).token(), id);
    return CartController.seeOther("/my/orders/" + id + cart.query());
  }
}
