package dev.mall.inventory;

import java.io.Serial;

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

  /** The key came before, with another quantity. */
  public static final class ReceiptKeyReused extends InventoryRefused {
    public ReceiptKeyReused(int booked) {
      super("under this key %d pieces were booked already".formatted(booked));
    }
  }
}
