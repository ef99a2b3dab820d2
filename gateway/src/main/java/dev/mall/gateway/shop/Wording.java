package dev.mall.gateway.shop;

import dev.mall.gateway.shop.services.CustomerOrders.CustomerOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain words for the constants of the services' APIs; a constant of a later release has none. */
final class Wording {

  static final Map<String, String> STATUSES =
      Map.of(
          "PENDING", "on its way",
          "CONFIRMED", "confirmed",
          "CANCELLED", "cancelled",
          "RETURNED", "returned");

  static final Map<String, String> REASONS =
      Map.of(
          "OUT_OF_STOCK", "There were not enough pieces left.",
          "TOO_MANY_RESERVATIONS", "Too many of your orders wait for their payment.",
          "INSUFFICIENT_FUNDS", "Your wallet holds less than the total.",
          "NO_WALLET", "You have no wallet yet: a deposit opens one.",
          "WRONG_CURRENCY", "Your wallet is kept in another currency.",
          "RESERVATION_EXPIRED",
              "The items were held for you, but the payment came too late, and they were sold.",
          "TIMED_OUT", "It took too long.",
          "OPERATOR", "The shop cancelled it.",
          "CUSTOMER", "You cancelled it.",
          "CALLED_OFF", "It was called off.");

  static final Map<String, String> ENTRIES =
      Map.of(
          "DEPOSIT", "deposit",
          "CHARGE", "paid",
          "REFUND", "refund",
          "AUTHORIZE", "held for an order",
          "CAPTURE", "paid of what was held",
          "VOID", "no longer held");

  private Wording() {}

  static String status(CustomerOrder order) {
    return of(STATUSES, order.status());
  }

  /** Empty where there is no reason. */
  static String reason(@Nullable String constant) {
    return constant == null ? "" : of(REASONS, constant);
  }

  static String entry(String kind) {
    return of(ENTRIES, kind);
  }

  private static String of(Map<String, String> words, String constant) {
    return words.getOrDefault(constant, constant);
  }
}
