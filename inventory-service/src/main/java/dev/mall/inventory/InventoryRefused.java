package dev.mall.inventory;

import java.io.Serial;
import java.util.Optional;

/** Every way in which this service says no to a person. */
public abstract sealed class InventoryRefused extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private InventoryRefused(String message) {
    super(message);
  }

  /** Nobody ever put this product into the catalogue. */
  public static final class UnknownProduct extends InventoryRefused {
    public UnknownProduct(String sku) {
      super("there is no product " + sku);
    }
  }

  /** The product is at another version than the caller saw, or does not exist. */
  public static final class VersionChanged extends InventoryRefused {
    public VersionChanged(String sku, Optional<Long> version) {
      super(
          version
              .map(now -> "%s is at version %d".formatted(sku, now))
              .orElse("there is no product %s yet".formatted(sku)));
    }
  }

  /** A product keeps the currency of its first price. */
  public static final class OtherCurrency extends InventoryRefused {
    public OtherCurrency(String sku, String currency) {
      super("%s is priced in %s".formatted(sku, currency));
    }
  }

  /** The key came before, with another quantity. */
  public static final class ReceiptKeyReused extends InventoryRefused {
    public ReceiptKeyReused(int booked) {
      super("under this key %d pieces were booked already".formatted(booked));
    }
  }
}
