package dev.mall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.chaos.agent.CrashPoint;
import dev.mall.chaos.fault.Faults;
import dev.mall.chaos.fault.message.TopicClient;
import dev.mall.chaos.fault.process.KillAtPoint;
import dev.mall.chaos.shop.RequestedOrder;
import dev.mall.chaos.shop.Shoppers;
import dev.mall.chaos.shop.Workload;
import dev.mall.cli.MallService;
import dev.mall.contracts.values.CheckoutMode;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The faults that every build is tried with: on real servers, each service a process from its own
 * jar, judged by the verifier. {@code ./mall chaos} has all the others. The contract of the
 * checkout modes is tested on the same mall, whose start takes longer than both.
 */
class FaultsIT extends CheckoutContract {

  private static final List<CrashPoint> CRASH_POINTS =
      List.of(
          CrashPoint.IN_TRANSACTION,
          CrashPoint.RELAY_BEFORE_SEND,
          CrashPoint.RELAY_BEFORE_REMOVAL,
          CrashPoint.BEFORE_OFFSET_COMMIT);

  /** Where a participant of a two-phase commit is in doubt, or its coordinator. */
  private static final List<CrashPoint> IN_DOUBT =
      List.of(
          CrashPoint.PREPARED_BEFORE_VOTE,
          CrashPoint.DECISION_READ,
          CrashPoint.COMMITTED_BEFORE_REPLY);

  /** A line that is logged at each start would hide the one that matters. */
  @Test
  void noServiceWarnsWhenItStartsAndServesItsFirstOrder() {
    assertThat(complaints).isEmpty();
  }

  /** After orders of each mode, confirmed and refused. */
  @Test
  void servicesExportWhatIsRegisteredAndNothingElse() throws Exception {
    var sku = offered(100);
    for (var mode : CheckoutMode.values()) {
      awaitEnd(
          open.accept(new RequestedOrder(aCustomerWith(1_000), Map.of(sku, 1), mode)),
          "CONFIRMED",
          "");
      awaitEnd(
          open.accept(new RequestedOrder(aCustomerWith(1), Map.of(sku, 1), mode)),
          "CANCELLED",
          "INSUFFICIENT_FUNDS");
    }
    var returned = open.accept(new RequestedOrder(aCustomerWith(1_000), Map.of(sku, 1)));
    awaitEnd(returned, "CONFIRMED", "");
    cancel(returned);
    awaitEnd(returned, "RETURNED", "");

    OpenMall.soon().untilAsserted(() -> assertThat(Scrapes.complaints(mall)).isEmpty());
  }

  /** From HTTP to the notification, in each service. */
  @ParameterizedTest
  @EnumSource
  void everyMessageAboutAnOrderIsInTheTraceOfItsRequest(CheckoutMode mode) {
    var sku = offered(1);
    var trace = OrderTrace.begin();

    var id = trace.place(open, new RequestedOrder(aCustomerWith(1_000), Map.of(sku, 1), mode));

    OpenMall.soon().until(() -> OrderTrace.isNotified(mall, id));
    assertThat(OrderTrace.tracesOf(mall, id))
        .containsKeys("OrderPlaced", mode.isOrchestrated() ? "NotifyCustomer" : "CheckoutEnded")
        .allSatisfy((type, traces) -> assertThat(traces).as(type).containsExactly(trace.id()));
  }

  @Test
  void anOrderCommittedButNotSentIsCompletedByTheProcessThatComesNext() throws Exception {
    mall.kafka().kill();
    var id = open.accept(new RequestedOrder("customer-1", Map.of("common-1", 1)));
    mall.replicasOf(MallService.ORDER).getFirst().kill();
    mall.kafka().start();
    mall.awaitReady();

    OpenMall.soon().until(() -> open.statusOf(id).equals("CONFIRMED"));
  }

  @Tag("long")
  @Test
  void everyServiceMayBeKilledUnderLoad() throws Exception {
    try (var shoppers = new Shoppers(open.shop, new Workload(1), open.journal, 30)) {
      shoppers.awaitServed(OpenMall.SETTLE);
      shoppers.come();
      for (var service : MallService.values()) {
        int before = shoppers.accepted();
        OpenMall.soon().until(() -> shoppers.accepted() > before + 20);
        var victim = mall.replicasOf(service).getFirst();
        victim.kill();
        victim.start();
      }
      mall.awaitReady();
      shoppers.awaitServed(OpenMall.SETTLE);
      shoppers.drain();
      assertThat(shoppers.stats().failures()).isEmpty();
    }
  }

  /** Under SAGA the short profile of {@code ./mall chaos} kills one service at each point. */
  static List<CheckoutMode> crashedModeOfTheDay() {
    return DailySample.of(
        List.of(CheckoutMode.TCC, CheckoutMode.CHOREOGRAPHY, CheckoutMode.TWO_PHASE), 3);
  }

  /**
   * One mode per day, and at each crash point one service; nine days have all of them. {@code
   * ./mall chaos --mode TCC --only 'SIGKILL at'} has all of one mode.
   */
  @Tag("long")
  @ParameterizedTest
  @MethodSource("crashedModeOfTheDay")
  void aServiceMayBeKilledAtEachCrashPointOfAMessage(CheckoutMode mode, TestReporter reporter)
      throws Exception {
    reporter.publishEntry("mall.seed", Long.toString(DailySample.SEED));
    var settles = mode.isOrchestrated() ? MallService.SAGA : MallService.ORDER;
    // under TWO_PHASE orders for one product follow each other, and five of twelve are for one
    int perSecond = mode == CheckoutMode.TWO_PHASE ? 3 : 10;
    var workload = new Workload(3, mode, true);
    try (var shoppers = new Shoppers(open.shop, workload, open.journal, perSecond)) {
      shoppers.awaitServed(OpenMall.SETTLE);
      shoppers.come();
      killAt(CRASH_POINTS, List.of(MallService.INVENTORY, MallService.PAYMENT, settles), shoppers);
      if (mode == CheckoutMode.TWO_PHASE) {
        killAt(IN_DOUBT, List.of(MallService.INVENTORY, MallService.PAYMENT), shoppers);
      }
      shoppers.drain();
      assertThat(shoppers.stats().failures()).isEmpty();
    }
  }

  /** At each point the service whose turn it is. */
  private static void killAt(List<CrashPoint> points, List<MallService> services, Shoppers shoppers)
      throws InterruptedException {
    for (int i = 0; i < points.size(); i++) {
      var service = services.get(Math.floorMod(DailySample.SEED / 3 + i, services.size()));
      new KillAtPoint(points.get(i), service).strike(mall, new Random(1));
      mall.awaitReady();
      shoppers.awaitServed(OpenMall.SETTLE);
    }
  }

  @Tag("long")
  @Test
  void anOrderThatNothingSettlesIsAbandonedAndItsLateChargeRefunded() throws Exception {
    var sku = offered(3);
    var customer = aCustomerWith(1_000);
    var payment = mall.replicasOf(MallService.PAYMENT).getFirst();
    var order = new RequestedOrder(customer, Map.of(sku, 1), CheckoutMode.CHOREOGRAPHY);
    payment.pause();
    var id = open.accept(order);
    try {
      OpenMall.soon().until(() -> isAbandoned(id));
    } finally {
      payment.resume();
    }

    awaitEnd(id, "CANCELLED", "TIMED_OUT");
    assertStock(sku, 3);
    assertBalance(customer, 1_000);
  }

  private static boolean isAbandoned(String id) throws SQLException {
    try (var connection = mall.connect(MallService.ORDER);
        var query =
            connection.prepareStatement(
                "select from order_history where order_id = ? and what = 'ABANDONED'")) {
      query.setLong(1, Long.parseLong(id));
      return query.executeQuery().next();
    }
  }

  @Test
  void everyMessageMayComeAgain() throws Exception {
    try (var shoppers = new Shoppers(open.shop, new Workload(2), open.journal, 30)) {
      shoppers.awaitServed(OpenMall.SETTLE);
      shoppers.come();
      OpenMall.soon().until(() -> shoppers.accepted() > 60);
      Faults.named(mall, "every topic replayed").strike(mall, new Random(3));
      shoppers.awaitServed(OpenMall.SETTLE);
      shoppers.drain();
      assertThat(TopicClient.isReadWithin(mall.kafkaServers(), OpenMall.SETTLE)).isTrue();
      assertThat(shoppers.stats().failures()).isEmpty();
    }
  }
}
