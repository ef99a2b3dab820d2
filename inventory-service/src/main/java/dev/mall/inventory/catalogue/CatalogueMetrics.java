package dev.mall.inventory.catalogue;

import dev.mall.inventory.catalogue.RefreshCatalogue.ProductsRefreshed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Counts the periodic publications of products, after the commit. */
@Component
class CatalogueMetrics {

  private final Counter refreshed;

  CatalogueMetrics(MeterRegistry meters) {
    this.refreshed =
        Counter.builder("mall.catalogue.refreshed")
            .description("Products published again without a change")
            .register(meters);
  }

  @TransactionalEventListener
  void on(ProductsRefreshed page) {
    refreshed.increment(page.count());
  }
}
