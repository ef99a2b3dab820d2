package dev.mall.gateway.shop;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import dev.mall.gateway.shop.services.Catalogue;
import dev.mall.gateway.shop.services.Catalogue.Product;
import dev.mall.gateway.shop.services.CustomerOrders;
import dev.mall.gateway.shop.services.Customers;
import dev.mall.gateway.shop.services.Part;
import dev.mall.gateway.shop.services.ServiceRefusal;
import dev.mall.gateway.shop.services.ServiceSilence;
import dev.mall.money.Money;
import dev.mall.money.MoneyRefused;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/** The cart, and the order that it becomes. */
@Controller
@Conditional(OwnIssuer.class)
class CartController {

  private final Catalogue catalogue;
  private final CustomerOrders orders;
  private final Customers customers;

  CartController(Catalogue catalogue, CustomerOrders orders, Customers customers) {
    this.catalogue = catalogue;
    this.orders = orders;
    this.customers = customers;
  }

  /**
   * @param name the SKU if the product is not known
   * @param price of all pieces; empty if it is not known
   */
  record Row(String sku, String name, int quantity, Optional<Money> price) {

    public String priceInWords() {
      return price.map(Money::toString).orElse("not known");
    }

    static Row of(String sku, int quantity, @Nullable Product product) {
      return product == null
          ? new Row(sku, sku, quantity, Optional.empty())
          : new Row(sku, product.name(), quantity, Optional.of(product.price().times(quantity)));
    }
  }

  @GetMapping("/cart")
  ModelAndView cart(@Valid @ModelAttribute("cart") Cart cart) {
    return page(cart, UUID.randomUUID().toString(), HttpStatus.OK, "");
  }

  /**
   * Places the order, however often the button is pressed: the form has the order's key.
   *
   * @param total as the page showed it; absent if it could not
   */
  @PostMapping("/cart")
  ModelAndView buy(
      @Valid @ModelAttribute("cart") Cart cart,
      @RequestParam @Pattern(regexp = "[A-Za-z0-9-]{1,64}") String key,
      @RequestParam(required = false) @Nullable Long total,
      Authentication login) {
    try {
      var order =
          orders.place(
              customers.of(login).token(),
              key,
              cart.quantities(),
              total == null ? OptionalLong.empty() : OptionalLong.of(total));
      return seeOther("/my/orders/" + order.id());
    } catch (ServiceRefusal refusal) {
      return page(
          cart,
          UUID.randomUUID().toString(),
          refusal.status(),
          "Nothing was ordered. " + ShopErrors.sentence(refusal));
    } catch (ServiceSilence silence) {
      return page(
          cart,
          key,
          HttpStatus.SERVICE_UNAVAILABLE,
          ShopErrors.sentence(silence)
              + " Press Buy again: however often you do, it is ordered once.");
    }
  }

  static ModelAndView seeOther(String path) {
    var redirect = new RedirectView(path, true, false);
    redirect.setExpandUriTemplateVariables(false);
    return new ModelAndView(redirect);
  }

  private ModelAndView page(Cart cart, String key, HttpStatusCode status, String notice) {
    var quantities = cart.quantities();
    var products = Part.of(() -> catalogue.named(quantities.keySet()));
    var known = products.or(Map.of());
    var rows =
        quantities.entrySet().stream()
            .map(line -> Row.of(line.getKey(), line.getValue(), known.get(line.getKey())))
            .toList();
    var page = new ModelAndView("cart");
    page.setStatus(status);
    page.addObject("rows", rows);
    page.addObject("total", total(rows).orElse(null));
    page.addObject("key", key);
    page.addObject("notice", notice);
    page.addObject("complaint", products.complaint());
    return page;
  }

  /** Empty if a price is missing, or if there is no common currency. */
  private static Optional<Money> total(List<Row> rows) {
    try {
      return rows.stream()
          .map(Row::price)
          .reduce((some, more) -> some.flatMap(it -> more.map(it::plus)))
          .flatMap(sum -> sum);
    } catch (MoneyRefused _) {
      return Optional.empty();
    }
  }
}
