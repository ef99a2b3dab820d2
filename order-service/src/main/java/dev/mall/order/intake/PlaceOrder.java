package dev.mall.order.intake;

import dev.mall.contracts.PaymentMethod;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed wish for an order.
 *
 * @param items 1 to 50, each SKU once
 * @param expectedTotalMinor the total the customer was shown; null if it does not matter
 * @param key null if the request will not be sent again
 * @param traceparent of the request; null if nobody traces it
 */
public record PlaceOrder(
    String customerId,
    List<Item> items,
    PaymentMethod method,
    @Nullable Long expectedTotalMinor,
    @Nullable RequestKey key,
    @Nullable String traceparent) {

  /**
   * @param quantity 1 to 999
   */
  public record Item(String sku, int quantity) {}

  /** The same for all requests that ask for the same, however they were written down. */
  String fingerprint() {
    var asked = "%s %s %s %s".formatted(customerId, items, method, expectedTotalMinor);
    return HexFormat.of().formatHex(sha256().digest(asked.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java has it
    }
  }
}
