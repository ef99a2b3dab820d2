package dev.mall.order;

import dev.mall.contracts.OrderCommand;
import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.ProductChanged;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.StepKey;
import dev.mall.order.catalogue.CatalogueReadiness;
import dev.mall.order.catalogue.UpdateCatalogue;
import dev.mall.order.settle.SettleOrders;
import dev.mall.testing.CountStatements;
import dev.mall.testing.Infrastructure;
import dev.mall.testing.TestDatabase;
import dev.mall.testing.messages.SentCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * order-service on real servers. All tests share one service, its database and its topics, so each
 * makes customers and products of its own.
 */
@SpringBootTest(
    classes = OrderApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.config.name=order-service",
      "mall.orders.announce-every=1h", // tests call for it
      "mall.orders.max-waiting=4",
      "mall.checkout.modes=SAGA,TCC,CHOREOGRAPHY",
      "management.tracing.sampling.probability=1" // or one run in ten would be another test
    })
@Import({CountStatements.class, SentMessages.class})
abstract class OrderServiceTests {

  static final TestDatabase DATABASE = TestDatabase.create("orders");

  private static final AtomicLong NUMBERS = new AtomicLong();

  @Autowired JdbcClient jdbc;
  @Autowired SentMessages sent;
  @Autowired SettleOrders settlement;
  @Autowired UpdateCatalogue catalogue;
  @Autowired CatalogueReadiness copy;
  @LocalServerPort int port;

  @DynamicPropertySource
  static void servers(DynamicPropertyRegistry registry) {
    Infrastructure.register(registry, DATABASE);
  }

  @BeforeEach
  void shopIsOpen() {
    aProduct(1); // an empty catalogue is not complete
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .until(copy::isComplete);
  }

  Client client() {
    return new Client(port);
  }

  static String aCustomer() {
    return "customer-" + NUMBERS.incrementAndGet();
  }

  /** A product in the catalogue, in euro cents. */
  String aProduct(long priceMinor) {
    var sku = "sku-" + NUMBERS.incrementAndGet();
    change(sku, 1, priceMinor, "EUR");
    return sku;
  }

  void change(String sku, long version, long priceMinor, String currency) {
    catalogue.handle(
        List.of(
            SentCommands.received(
                new ProductChanged(sku, version, "A thing", priceMinor, currency))));
  }

  static String order(String customer, String sku, int quantity) {
    return """
    {"customerId": "%s", "items": [{"sku": "%s", "quantity": %d}],
     "payment": {"method": "WALLET"}}\
    """
        .formatted(customer, sku, quantity);
  }

  /** Places an order of one piece. */
  long aPendingOrder() {
    return client().post(order(aCustomer(), aProduct(1000), 1)).orderId();
  }

  void settle(OrderCommand... commands) {
    settlement.handle(Arrays.stream(commands).map(SentCommands::received).toList());
  }

  static ConfirmOrder confirm(long orderId) {
    return new ConfirmOrder(new StepKey(orderId, "confirm", 1));
  }

  static CancelOrder cancel(long orderId) {
    return new CancelOrder(new StepKey(orderId, "cancel", 1), CancelReason.OUT_OF_STOCK);
  }

  /** The same service once more, on the same database. */
  static ConfigurableApplicationContext anotherReplica(String... arguments) {
    var all = new ArrayList<>(List.of(DATABASE.replicaArguments()));
    all.add("--mall.orders.announce-every=1h");
    all.addAll(List.of(arguments));
    return OrderApplication.application().run(all.toArray(String[]::new));
  }

  static void awaitOpen(ConfigurableApplicationContext replica) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(replica.getBean(CatalogueReadiness.class)::isComplete);
  }

  static Client clientOf(ConfigurableApplicationContext replica) {
    return new Client(
        replica.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
  }
}
