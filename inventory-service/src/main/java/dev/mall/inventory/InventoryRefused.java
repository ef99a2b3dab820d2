package dev.mall.inventory;

import dev.mall.web.input.IdempotencyKey;
import dev.mall.web.input.IfMatch;
import dev.mall.web.problem.FieldError;
import dev.mall.web.problem.Problem;
import dev.mall.web.problem.RequestRefused;
import java.io.Serial;
import java.util.Optional;

/** The refusals of requests about products and stock. */
public abstract sealed class InventoryRefused extends RequestRefused {

  @Serial private static final long serialVersionUID = 1L;

  private InventoryRefused(String detail, FieldError... errors) {
    super(detail, errors);
  }

  @Problem(type = "product-unknown", status = 404, title = "Unknown product")
  public static final class UnknownProduct extends InventoryRefused {
    public UnknownProduct(String sku) {
      super("there is no product " + sku);
    }
  }

  /** The product is at another version than {@code If-Match} names, or does not exist. */
  @Problem(type = "product-changed", status = 412, title = "Product at another version")
  public static final class VersionChanged extends InventoryRefused {
    public VersionChanged(String sku, Optional<Long> version) {
      super(
          version
              .map(now -> "%s is at version %d".formatted(sku, now))
              .orElse("there is no product %s yet".formatted(sku)),
          new FieldError(IfMatch.HEADER, "does not name the current version"));
    }
  }

  /** A product keeps the currency of its first price. */
  @Problem(type = "other-currency", status = 409, title = "Product priced in another currency")
  public static final class OtherCurrency extends InventoryRefused {
    public OtherCurrency(String sku, String currency) {
      super(
          "%s is priced in %s".formatted(sku, currency),
          new FieldError("currency", "is not the product's"));
    }
  }

  /** The key was used for a receipt of another quantity. */
  @Problem(type = "idempotency-key-reused", status = 422, title = "Idempotency key reused")
  public static final class ReceiptKeyReused extends InventoryRefused {
    public ReceiptKeyReused(int booked) {
      super(
          "under this key %d pieces were booked already".formatted(booked),
          new FieldError(IdempotencyKey.HEADER, "was used for another quantity"));
    }
  }
}
