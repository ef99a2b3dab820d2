package dev.mall.inventory.web;

import dev.mall.inventory.InventoryRefused;
import dev.mall.inventory.catalogue.CatalogueEntry;
import dev.mall.inventory.catalogue.FindProducts;
import dev.mall.inventory.catalogue.PutProduct;
import dev.mall.inventory.catalogue.RepublishCatalogue;
import dev.mall.money.Currencies;
import dev.mall.money.Money;
import dev.mall.money.MoneyRefused;
import dev.mall.web.input.IfMatch;
import dev.mall.web.input.Page;
import dev.mall.web.openapi.Refuses;
import dev.mall.web.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Catalogue")
class ProductController {

  /** So that the costliest order there can be is a number every client can read. */
  private static final long DEAREST = 1_000_000_000_000_000L;

  /** Has a visible character, and no control, format or direction characters or line breaks. */
  private static final String NAME =
      "[\\p{Zs}\\p{M}]{0,4000}[^\\p{Z}\\p{M}\\p{C}][^\\p{C}\\p{Zl}\\p{Zp}]{0,4000}";

  private final FindProducts find;
  private final PutProduct put;
  private final RepublishCatalogue republish;

  ProductController(FindProducts find, PutProduct put, RepublishCatalogue republish) {
    this.find = find;
    this.put = put;
    this.republish = republish;
  }

  /**
   * @param priceMinor minor units of {@code currency}
   * @param currency ISO 4217
   */
  record ProductRequest(
      @NotNull
          @Size(max = 200)
          @Pattern(regexp = NAME, message = "must be printable text that can be seen")
          @Schema(description = "Printable text.", example = "Espresso cup")
          String name,
      @NotNull
          @Min(1)
          @Max(DEAREST)
          @Schema(description = "Minor units of `currency`.", example = "1300")
          Long priceMinor,
      @Schema(description = "ISO 4217.", example = "EUR") @NotNull String currency) {

    Money price() {
      try {
        return new Money(priceMinor, Currencies.circulating(currency));
      } catch (MoneyRefused.UnknownCurrency _) {
        throw Problems.invalid("currency", "must be an ISO 4217 code, like EUR");
      }
    }
  }

  /**
   * @param count products that will be announced
   */
  record Republished(int count) {}

  @GetMapping("/products/{sku}")
  @Operation(
      summary = "One product",
      description =
          "The product as it is now. `version` counts its changes, and is its entity tag.")
  @ApiResponse(responseCode = "200", description = "OK", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "304", description = "As `If-None-Match` says.", content = @Content)
  @Refuses(InventoryRefused.UnknownProduct.class)
  ResponseEntity<CatalogueEntry> product(@PathVariable @Sku String sku) {
    return tagged(ResponseEntity.ok(), find.find(sku));
  }

  @GetMapping("/products")
  @Operation(summary = "All products", description = "Sorted by SKU, up to `limit` a page.")
  Page<CatalogueEntry> products(
      @RequestParam(required = false) @Sku @Nullable String cursor,
      @RequestParam(defaultValue = "100") @Min(1) @Max(500) int limit) {
    var found = find.after(Objects.requireNonNullElse(cursor, ""), limit + 1);
    return found.size() <= limit
        ? new Page<>(found, null)
        : new Page<>(found.subList(0, limit), found.get(limit - 1).sku());
  }

  @PutMapping("/products/{sku}")
  @Operation(
      summary = "Add or change a product",
      description =
          "The whole product as it shall be; nothing changes if it is so already. Orders see a new price moments later.")
  @ApiResponse(responseCode = "200", description = "Changed.", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "201", description = "Added.", useReturnTypeSchema = true)
  @Refuses({InventoryRefused.OtherCurrency.class, InventoryRefused.VersionChanged.class})
  ResponseEntity<CatalogueEntry> put(
      @PathVariable @Sku String sku,
      @RequestHeader(name = IfMatch.HEADER, required = false) @Nullable String ifMatch,
      @RequestBody @Valid ProductRequest request) {
    var result = put.put(sku, request.name(), request.price(), IfMatch.parse(ifMatch));
    return tagged(
        result.added()
            ? ResponseEntity.created(URI.create("/products/" + sku))
            : ResponseEntity.ok(),
        result.product());
  }

  private static ResponseEntity<CatalogueEntry> tagged(
      ResponseEntity.BodyBuilder answer, CatalogueEntry product) {
    return answer.eTag(IfMatch.tag(product.version())).body(product);
  }

  @PostMapping("/catalogue/republish")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary = "Announce every product again",
      description =
          "For a service whose copy of the catalogue may be incomplete. Announcing again changes nothing else.")
  @ApiResponse(
      responseCode = "202",
      description = "The announcements will be sent.",
      useReturnTypeSchema = true)
  Republished republish() {
    return new Republished(republish.republish());
  }
}
