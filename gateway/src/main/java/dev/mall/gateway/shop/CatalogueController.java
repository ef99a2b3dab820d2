package dev.mall.gateway.shop;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import dev.mall.gateway.shop.services.Catalogue;
import dev.mall.gateway.shop.services.Catalogue.Product;
import dev.mall.gateway.shop.services.Catalogue.Products;
import dev.mall.gateway.shop.services.Part;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** The first page: products, their stock, and the cart. */
@Controller
@Conditional(OwnIssuer.class)
class CatalogueController {

  private static final int PER_PAGE = 24;

  private final Catalogue catalogue;

  CatalogueController(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * @param stock in words; empty if it is not known
   */
  record Offer(Product product, String stock, boolean soldOut) {

    static Offer of(Product product, Map<String, Long> available) {
      var pieces = available.get(product.sku());
      return new Offer(
          product,
          pieces == null ? "" : pieces > 0 ? pieces + " in stock" : "sold out",
          pieces != null && pieces <= 0);
    }
  }

  /**
   * @param seen the mark of the page that is shown already: as long as nothing differs, the answer
   *     is 204
   */
  @GetMapping("/")
  @Nullable String products(
      @Valid @ModelAttribute("cart") Cart cart,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable String seen,
      Model model,
      HttpServletResponse response) {
    var page = Part.of(() -> catalogue.page(cursor, PER_PAGE));
    var products = page.or(new Products(List.of(), null));
    var stock =
        Part.of(() -> catalogue.available(products.items().stream().map(Product::sku).toList()));
    var offers =
        products.items().stream().map(product -> Offer.of(product, stock.or(Map.of()))).toList();
    var mark = Integer.toHexString(Objects.hash(page, stock));
    if (mark.equals(seen)) {
      response.setStatus(HttpStatus.NO_CONTENT.value());
      return null;
    }
    model.addAttribute("offers", offers);
    model.addAttribute("next", products.next());
    model.addAttribute("cursor", cursor);
    model.addAttribute("mark", mark);
    model.addAttribute("complaint", page.isPresent() ? stock.complaint() : page.complaint());
    return "products";
  }
}
