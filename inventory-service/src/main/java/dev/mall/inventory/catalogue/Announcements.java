package dev.mall.inventory.catalogue;

import dev.mall.contracts.ProductChanged;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.envelope.TraceContext;
import dev.mall.messaging.outbox.Outbox;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Publishes the current state of products, in the transaction that has locked their rows. */
@Component
class Announcements {

  private final Outbox outbox;

  Announcements(Outbox outbox) {
    this.outbox = outbox;
  }

  void announce(List<CatalogueEntry> products) {
    outbox.append(products.stream().map(Announcements::announcement).toList());
  }

  private static OutboundMessage announcement(CatalogueEntry product) {
    var message =
        new ProductChanged(
            product.sku(),
            product.version(),
            product.name(),
            product.priceMinor(),
            product.currency());
    return new OutboundMessage(idOf(message), message, null, TraceContext.current());
  }

  /** The same for every publication of a version. */
  private static UUID idOf(ProductChanged message) {
    var name = "product %s %d".formatted(message.sku(), message.version());
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
