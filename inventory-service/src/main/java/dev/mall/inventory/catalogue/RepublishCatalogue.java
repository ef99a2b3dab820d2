package dev.mall.inventory.catalogue;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Publishes every product again, for consumers whose copy is incomplete. */
@Service
public class RepublishCatalogue {

  static final int PAGE = 1_000;

  private final Products products;
  private final Announcements announcements;
  private final TransactionTemplate transaction;

  RepublishCatalogue(
      Products products, Announcements announcements, PlatformTransactionManager transactions) {
    this.products = products;
    this.announcements = announcements;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Publishes each page in a short transaction and returns the number of products. */
  public int republish() {
    int count = 0;
    var page = announceAfter("");
    while (!page.isEmpty()) {
      count += page.size();
      page = announceAfter(page.getLast().sku());
    }
    return count;
  }

  private List<CatalogueEntry> announceAfter(String sku) {
    return transaction.execute(_ -> {
      var page = products.lockAfter(sku, Limit.of(PAGE)).stream().map(Product::entry).toList();
      announcements.announce(page);
      return page;
    });
  }
}
