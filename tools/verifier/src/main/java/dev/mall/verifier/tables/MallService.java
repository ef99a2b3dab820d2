package dev.mall.verifier.tables;

import java.util.Locale;

/** Whose database it is; named by the word that its environment variables have in common. */
public enum MallService {
  ORDER("order-service"),
  INVENTORY("inventory-service"),
  PAYMENT("payment-service"),
  NOTIFICATION("notification-service"),
  SAGA("saga-orchestrator");

  private final String title;

  MallService(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  String variable(String what) {
    return "MALL_%s_DB_%s".formatted(this, what);
  }

  String usualUser() {
    return "mall_" + name().toLowerCase(Locale.ROOT);
  }
}
