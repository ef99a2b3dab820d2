package dev.mall.gateway.routing;

import java.util.List;
import java.util.Locale;

/** A service behind the gateway. */
public enum Upstream {
  ORDER("order-service"),
  INVENTORY("inventory-service"),
  PAYMENT("payment-service"),
  NOTIFICATION("notification-service"),
  SAGA("saga-orchestrator");

  private final String service;

  Upstream(String service) {
    this.service = service;
  }

  public String service() {
    return service;
  }

  /** Patterns of the paths that it answers, as the service itself has them. */
  List<String> paths() {
    return switch (this) {
      case ORDER -> List.of("/orders/**");
      case INVENTORY -> List.of("/products/**", "/availability", "/stock/**", "/catalogue/**");
      case PAYMENT -> List.of("/wallets/**", "/payments/**");
      case NOTIFICATION -> List.of("/notifications/**");
      case SAGA -> List.of("/sagas/**", "/steps/**", "/dead-letters/**", "/acts/**");
    };
  }

  /** Its name in settings. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
