package dev.mall.cli;

import java.net.URI;
import java.util.Locale;

/** The five services, by the word that their environment variables have in common. */
public enum MallService {
  ORDER("order-service", 1),
  INVENTORY("inventory-service", 2),
  PAYMENT("payment-service", 3),
  NOTIFICATION("notification-service", 4),
  SAGA("saga-orchestrator", 5);

  private final String title;
  private final int portAboveBase;

  MallService(String title, int portAboveBase) {
    this.title = title;
    this.portAboveBase = portAboveBase;
  }

  public String title() {
    return title;
  }

  /** The name of the database and of the role that owns it. */
  public String database() {
    return "mall_" + name().toLowerCase(Locale.ROOT);
  }

  /** The environment variable of one of this service's settings, such as {@code DB_URL}. */
  public String variable(String setting) {
    return "MALL_%s_%s".formatted(name(), setting);
  }

  /** The address on a host whose services listen above a base port. */
  public URI address(URI host, int base) {
    return host.resolve("//%s:%d".formatted(host.getRawAuthority(), port(base)));
  }

  /** The port above a base; 0 (any free port) for base 0. */
  public int port(int base) {
    return base == 0 ? 0 : base + portAboveBase;
  }
}
