package dev.mall.launcher.suite;

import dev.mall.inventory.InventoryApplication;
import dev.mall.notification.NotificationApplication;
import dev.mall.order.OrderApplication;
import dev.mall.payment.PaymentApplication;
import dev.mall.saga.SagaApplication;
import java.net.URI;
import java.util.Locale;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The services, each on a port above a common base. */
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

  public String database() {
    return "mall_" + name().toLowerCase(Locale.ROOT);
  }

  SpringApplicationBuilder application() {
    return switch (this) {
      case ORDER -> OrderApplication.application();
      case INVENTORY -> InventoryApplication.application();
      case PAYMENT -> PaymentApplication.application();
      case NOTIFICATION -> NotificationApplication.application();
      case SAGA -> SagaApplication.application();
    };
  }

  /** The environment variable by which this service is told something, as in any deployment. */
  String variable(String what) {
    return "MALL_" + name() + "_" + what;
  }

  /** Where it answers on a host whose services listen above a base. */
  public URI address(URI host, int base) {
    return host.resolve("//%s:%d".formatted(host.getRawAuthority(), port(base)));
  }

  /** The port above a base; any free one above zero. */
  int port(int base) {
    return base == 0 ? 0 : base + portAboveBase;
  }
}
