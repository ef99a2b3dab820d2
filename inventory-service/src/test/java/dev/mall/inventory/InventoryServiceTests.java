package dev.mall.inventory;

import dev.mall.inventory.catalogue.PutProduct;
import dev.mall.inventory.stock.StockLevel;
import dev.mall.inventory.stock.StockLevels;
import dev.mall.inventory.stock.receipt.ReceiveStock;
import dev.mall.money.Money;
import dev.mall.testing.CountStatements;
import dev.mall.testing.Infrastructure;
import dev.mall.testing.TestDatabase;
import dev.mall.testing.messages.SentEvents;
import dev.mall.testing.messages.SentReplies;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * inventory-service on real servers. All tests share one service, its database and its topics, so
 * each makes products and orders of its own.
 */
@SpringBootTest(
    classes = InventoryApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"spring.config.name=inventory-service", "mall.two-phase.ask-after=3s"})
@Import({CountStatements.class, SentReplies.class, PublishedProducts.class, SentEvents.class})
public abstract class InventoryServiceTests {

  protected static final TestDatabase DATABASE = TestDatabase.create("inventory");

  private static final AtomicLong NUMBERS = new AtomicLong(1_000);

  @Autowired protected PutProduct products;
  @Autowired protected ReceiveStock receipts;
  @Autowired protected StockLevels levels;
  @Autowired protected JdbcClient jdbc;
  @Autowired protected SentReplies replies;
  @Autowired protected PublishedProducts published;
  @Autowired protected SentEvents events;

  @DynamicPropertySource
  static void servers(DynamicPropertyRegistry registry) {
    Infrastructure.register(registry, DATABASE);
  }

  protected static long anOrder() {
    return NUMBERS.incrementAndGet();
  }

  protected String aProduct() {
    var sku = "sku-" + NUMBERS.incrementAndGet();
    products.put(sku, "Tea", Money.of(499, "EUR"));
    return sku;
  }

  protected String aProductWith(int pieces) {
    var sku = aProduct();
    receipts.receive(sku, pieces, UUID.randomUUID().toString());
    return sku;
  }

  protected StockLevel level(String sku) {
    return levels.find(sku).orElseThrow();
  }
}
