package dev.mall.inventory.web;

import dev.mall.inventory.InventoryRefused;
import dev.mall.inventory.stock.StockLevel;
import dev.mall.inventory.stock.StockLevels;
import dev.mall.inventory.stock.receipt.Receipt;
import dev.mall.inventory.stock.receipt.ReceiveStock;
import dev.mall.web.input.IdempotencyKey;
import dev.mall.web.input.Page;
import dev.mall.web.input.Replayed;
import dev.mall.web.openapi.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Stock")
class StockController {

  private final StockLevels levels;
  private final ReceiveStock receive;

  StockController(StockLevels levels, ReceiveStock receive) {
    this.levels = levels;
    this.receive = receive;
  }

  record ReceiptRequest(
      @NotNull @Min(1) @Max(1_000_000) @Schema(example = "50") Integer quantity) {}

  /**
   * @param available on hand and not reserved
   */
  record StockView(
      String sku, long onHand, long reserved, long available, long received, long sold) {

    static StockView of(StockLevel level) {
      return new StockView(
          level.sku(),
          level.onHand(),
          level.reserved(),
          level.available(),
          level.received(),
          level.sold());
    }
  }

  /**
   * @param available pieces that can be ordered now
   */
  record Availability(String sku, long available) {}

  @GetMapping("/availability")
  @Operation(
      summary = "How many pieces can be ordered",
      description =
          "Of up to 100 products, sorted by SKU; unknown ones are left out. Only an order knows whether it gets them.")
  Page<Availability> availability(
      @RequestParam
          @Size(min = 1, max = 100)
          @Parameter(description = "The products' SKUs.", example = "espresso-cup")
          List<@Pattern(regexp = "^" + Sku.REGEXP + "$", message = Sku.FORMAT) String> sku) {
    var found = levels.find(Set.copyOf(sku));
    return new Page<>(
        found.stream().map(level -> new Availability(level.sku(), level.available())).toList(),
        null);
  }

  @GetMapping("/stock/{sku}")
  @Operation(
      summary = "How many pieces there are",
      description = "`available` = `onHand` - `reserved`; `onHand` = `received` - `sold`.")
  @Refuses(InventoryRefused.UnknownProduct.class)
  StockView stock(@PathVariable @Sku String sku) {
    return levels
        .find(sku)
        .map(StockView::of)
        .orElseThrow(() -> new InventoryRefused.UnknownProduct(sku));
  }

  @PostMapping("/stock/{sku}/receipts")
  @Operation(
      summary = "Book received pieces",
      description = "Once per `Idempotency-Key`; without a key, each time.")
  @ApiResponse(
      responseCode = "201",
      description = "Booked, now or by the same request before.",
      useReturnTypeSchema = true)
  @Refuses({InventoryRefused.UnknownProduct.class, InventoryRefused.ReceiptKeyReused.class})
  ResponseEntity<Receipt> receive(
      @PathVariable @Sku String sku,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @RequestBody @Valid ReceiptRequest request) {
    var given = IdempotencyKey.parse(key).map(IdempotencyKey::value);
    var booked =
        receive.receive(
            sku, request.quantity(), given.orElseGet(() -> UUID.randomUUID().toString()));
    var answer = ResponseEntity.status(HttpStatus.CREATED);
    if (booked.replayed()) {
      answer.header(Replayed.HEADER, "true");
    }
    return answer.body(booked.receipt());
  }
}
