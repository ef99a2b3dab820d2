package dev.mall.system;

import static dev.mall.system.OpenMall.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.chaos.fault.Faults;
import dev.mall.chaos.fault.message.TopicClient;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.mall.Topology;
import dev.mall.chaos.shop.RequestedOrder;
import dev.mall.cli.HttpReply;
import dev.mall.cli.MallService;
import dev.mall.contracts.values.CheckoutMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The outcomes that every checkout mode owes, by the public interface of one mall, judged by the
 * verifier after each test. Products, customers and orders are each test's own.
 */
abstract class CheckoutContract {

  static final int PRICE = 100;

  static OpenMall open;
  static Mall mall;
  static List<String> complaints;
  private static int names;

  @BeforeAll
  static void openMall(@TempDir Path home) throws Exception {
    var topology =
        Topology.usual(OpenMall.REPOSITORY)
            .doubling(MallService.INVENTORY)
            .with(Topology.ANNOUNCEMENTS, "4"); // abandoned after 55 s
    open = OpenMall.open(home, topology);
    mall = open.mall;
    complaints = open.complaints();
  }

  @AfterAll
  static void close() {
    open.close();
  }

  @AfterEach
  void everythingAddsUp() throws Exception {
    open.assertSound();
  }

  @ParameterizedTest
  @EnumSource
  void anOrderIsConfirmedAndTakesStockAndMoneyOnce(CheckoutMode mode) {
    var sku = offered(3);
    var customer = aCustomerWith(1_000);

    var id = open.accept(new RequestedOrder(customer, Map.of(sku, 2), mode));

    awaitEnd(id, "CONFIRMED", "");
    assertThat(open.shop.order(id).text("checkout")).isEqualTo(mode.name());
    assertStock(sku, 1);
    assertBalance(customer, 1_000 - 2 * PRICE);
  }

  @ParameterizedTest
  @EnumSource
  void anOrderThatExceedsTheStockIsCancelledAndTakesNothing(CheckoutMode mode) {
    var sku = offered(1);
    var customer = aCustomerWith(1_000);

    var id = open.accept(new RequestedOrder(customer, Map.of(sku, 2), mode));

    awaitEnd(id, "CANCELLED", "OUT_OF_STOCK");
    assertStock(sku, 1);
    assertBalance(customer, 1_000);
  }

  @ParameterizedTest
  @EnumSource
  void anOrderThatTheWalletDoesNotCoverReturnsItsStock(CheckoutMode mode) throws Exception {
    var sku = offered(3);
    var customer = aCustomerWith(PRICE - 1);

    var id = open.accept(new RequestedOrder(customer, Map.of(sku, 1), mode));

    awaitEnd(id, "CANCELLED", "INSUFFICIENT_FUNDS");
    assertStock(sku, 3);
    assertBalance(customer, PRICE - 1);
    assertThat(open.declinedPaymentsOf(customer)).isOne();
  }

  @ParameterizedTest
  @EnumSource
  void anOrderWithoutAWalletReturnsItsStock(CheckoutMode mode) {
    var sku = offered(3);

    var id = open.accept(new RequestedOrder(named("penniless"), Map.of(sku, 1), mode));

    awaitEnd(id, "CANCELLED", "NO_WALLET");
    assertStock(sku, 3);
  }

  @ParameterizedTest
  @EnumSource
  void oneOfTwoOrdersGetsTheLastPiece(CheckoutMode mode) throws Exception {
    var sku = offered(1);

    var orders = everyoneOrders(2, sku, mode);

    assertThat(orders.stream().map(open::statusOf))
        .containsExactlyInAnyOrder("CONFIRMED", "CANCELLED");
    assertStock(sku, 0);
  }

  @ParameterizedTest
  @EnumSource
  void twoHundredBuyersOfFiftyPiecesGetExactlyFifty(CheckoutMode mode) throws Exception {
    var sku = offered(50);

    var orders = everyoneOrders(200, sku, mode);

    assertThat(orders).filteredOn(id -> open.statusOf(id).equals("CONFIRMED")).hasSize(50);
    assertStock(sku, 0);
  }

  @ParameterizedTest
  @EnumSource
  void aConfirmedOrderThatIsCancelledReturnsStockAndMoney(CheckoutMode mode) {
    var sku = offered(3);
    var customer = aCustomerWith(1_000);
    var id = open.accept(new RequestedOrder(customer, Map.of(sku, 2), mode));
    awaitEnd(id, "CONFIRMED", "");

    cancel(id);

    awaitEnd(id, "RETURNED", "");
    assertStock(sku, 3);
    assertBalance(customer, 1_000);
  }

  /** It is called off, or confirmed and returned: the request meets it at any of its steps. */
  @ParameterizedTest
  @EnumSource
  void aPendingOrderThatIsCancelledReturnsStockAndMoney(CheckoutMode mode) {
    var sku = offered(20);
    var customer = aCustomerWith(10_000);
    var ids = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      var id = open.accept(new RequestedOrder(customer, Map.of(sku, 1), mode));
      cancel(id);
      ids.add(id);
    }

    for (var id : ids) {
      soon().until(() -> open.statusOf(id), List.of("CANCELLED", "RETURNED")::contains);
    }
    assertStock(sku, 20);
    assertBalance(customer, 10_000);
  }

  @ParameterizedTest
  @EnumSource
  void messagesThatComeAgainChangeNothing(CheckoutMode mode) throws Exception {
    var sku = offered(5);
    var customer = aCustomerWith(1_000);
    var confirmed = open.accept(new RequestedOrder(customer, Map.of(sku, 1), mode));
    var returned = open.accept(new RequestedOrder(customer, Map.of(sku, 1), mode));
    var refused = open.accept(new RequestedOrder(customer, Map.of(sku, 9), mode));
    awaitEnd(confirmed, "CONFIRMED", "");
    awaitEnd(returned, "CONFIRMED", "");
    cancel(returned);
    awaitEnd(returned, "RETURNED", "");
    awaitEnd(refused, "CANCELLED", "OUT_OF_STOCK");

    Faults.named(mall, "every topic replayed").strike(mall, new Random(3));

    assertThat(TopicClient.isReadWithin(mall.kafkaServers(), OpenMall.SETTLE)).isTrue();
    assertThat(Stream.of(confirmed, returned, refused).map(open::statusOf))
        .containsExactly("CONFIRMED", "RETURNED", "CANCELLED");
    assertStock(sku, 4);
    assertBalance(customer, 1_000 - PRICE);
  }

  static List<CheckoutMode> modeOfTheDay() {
    return DailySample.of(List.of(CheckoutMode.values()), 4);
  }

  /** Each message of the mode's way to a confirmed order, lost by an order of its own. */
  @Tag("long")
  @ParameterizedTest
  @MethodSource("modeOfTheDay")
  void aMessageThatIsLostIsSentAgain(CheckoutMode mode) throws Exception {
    var sku = offered(50);
    var orders = new ArrayList<String>();
    try (var losses = MessageLosses.of(mall)) {
      losses.ofNextOrder("OrderPlaced");
      orders.add(open.accept(new RequestedOrder("customer-1", Map.of(sku, 1), mode)));
      var first = mall.replicasOf(mode.isOrchestrated() ? MallService.SAGA : MallService.INVENTORY);
      first.forEach(replica -> replica.pause());
      for (var type : MessageLosses.typesOf(mode)) {
        var id = open.accept(new RequestedOrder("customer-2", Map.of(sku, 1), mode));
        losses.of(id, type);
        orders.add(id);
      }
      first.forEach(replica -> replica.resume());

      for (var id : orders) {
        awaitEnd(id, "CONFIRMED", "");
      }
      soon().untilAsserted(() -> assertThat(losses.outstanding()).isEmpty());
    }
    assertStock(sku, 50 - orders.size());
  }

  /** Many at once, each for one piece, until none is pending. */
  static List<String> everyoneOrders(int buyers, String sku, CheckoutMode mode) throws Exception {
    var placed = new ArrayList<Future<String>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < buyers; i++) {
        var order = new RequestedOrder("customer-" + i % 20, Map.of(sku, 1), mode);
        placed.add(threads.submit(() -> open.accept(order)));
      }
    }
    var orders = new ArrayList<String>();
    for (var each : placed) {
      orders.add(each.get());
    }
    soon().until(() -> orders.stream().noneMatch(id -> open.statusOf(id).equals("PENDING")));
    return orders;
  }

  /** A new product with so many pieces, which order-service knows. */
  static String offered(int pieces) {
    var sku = named("sku");
    open.shop.offer(sku, PRICE, pieces);
    open.awaitPriced(sku);
    return sku;
  }

  static String aCustomerWith(long moneyMinor) {
    var customer = named("buyer");
    open.shop.deposit(customer, moneyMinor);
    return customer;
  }

  private static String named(String what) {
    return "%s-%d".formatted(what, ++names);
  }

  static void cancel(String id) {
    soon().until(() -> open.shop.cancel(id), HttpReply::isSuccess);
    open.journal.cancelled(id);
  }

  static void awaitEnd(String id, String status, String reason) {
    soon().until(() -> !open.statusOf(id).equals("PENDING"));
    soon()
        .until(
            () -> open.shop.order(id),
            order ->
                order.text("status").equals(status) && order.text("cancelReason").equals(reason));
  }

  static void assertStock(String sku, int pieces) {
    var stock = open.shop.stock(sku);
    assertThat(stock.number("onHand")).isEqualTo(pieces);
    assertThat(stock.number("reserved")).isZero();
  }

  static void assertBalance(String customer, long moneyMinor) {
    assertThat(open.shop.wallet(customer).number("balanceMinor")).isEqualTo(moneyMinor);
  }
}
