package dev.mall.order.place;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes a repeated request by its content.
 *
 * @param legacy as release 0.1.0 writes and compares it; depends on the order of the items. Stored
 *     for as long as a replica of that release may read it
 * @param canonical the same for the same items in any order, independent of Java's names; null if
 *     release 0.1.0 stored it
 */
record Fingerprint(String legacy, @Nullable String canonical) {

  private static final String VERSION = "1";

  static Fingerprint of(PlaceOrder request) {
    return new Fingerprint(sha256(legacyText(request)), sha256(canonicalText(request)));
  }

  boolean isOf(Fingerprint repeat) {
    return canonical == null ? legacy.equals(repeat.legacy) : canonical.equals(repeat.canonical);
  }

  private static String canonicalText(PlaceOrder request) {
    var items =
        request.items().stream()
            .sorted(Comparator.comparing(PlaceOrder.Item::sku))
            .map(item -> item.sku() + " " + item.quantity())
            .collect(Collectors.joining("\n"));
    return String.join(
        "\n",
        VERSION,
        request.details().canonical(),
        String.valueOf(request.expectedTotalMinor()),
        items);
  }

  private static String legacyText(PlaceOrder request) {
    var items =
        request.items().stream()
            .map(item -> "Item[sku=%s, quantity=%d]".formatted(item.sku(), item.quantity()))
            .collect(Collectors.joining(", ", "[", "]"));
    var details = request.details();
    return "%s %s %s %s"
        .formatted(
            details.customerId(), items, details.method().name(), request.expectedTotalMinor());
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java has it
    }
  }
}
