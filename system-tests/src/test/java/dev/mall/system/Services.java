package dev.mall.system;

import dev.mall.inventory.InventoryApplication;
import dev.mall.notification.NotificationApplication;
import dev.mall.order.OrderApplication;
import dev.mall.payment.PaymentApplication;
import dev.mall.saga.SagaApplication;
import java.util.Locale;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The program of a test's child process: some of the services, in one JVM. */
final class Services {

  /** A service, by the word that its environment variables have in common. */
  enum Service {
    ORDER,
    INVENTORY,
    PAYMENT,
    NOTIFICATION,
    SAGA;

    String database() {
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
  }

  private Services() {}

  /**
   * @param names of {@link Service}s to run
   */
  public static void main(String... names) {
    for (var name : names) {
      Thread.ofPlatform().name(name).start(() -> Service.valueOf(name).application().run());
    }
  }
}
