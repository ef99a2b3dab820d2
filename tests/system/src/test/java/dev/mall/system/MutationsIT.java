package dev.mall.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.mall.chaos.agent.Mutation;
import dev.mall.chaos.mall.ServiceReplica;
import dev.mall.cli.MallService;
import dev.mall.verifier.Verifier;
import dev.mall.verifier.VerifierSettings;
import dev.mall.verifier.findings.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The suite can fail: each scenario is run with healthy services, which survive it; then a
 * guarantee is broken inside a service, the scenario is run again, and the verifier must detect it
 * (for G8, which it does not judge, {@link DeliveryOrder}). A third of the guarantees per day.
 */
@Tag("long")
class MutationsIT extends GuaranteeScenarios {

  private static final Duration NEVER_SETTLES = Duration.ofSeconds(12);

  /** Steps that are taken once with healthy services and once with a broken one. */
  @FunctionalInterface
  private interface Scenario {
    void run() throws Exception;
  }

  /** The finding of {@link DeliveryOrder}, beside the kinds of the verifier. */
  private static final String OUT_OF_ORDER = "OUT_OF_ORDER";

  /**
   * @param found what must be found, by its name
   * @param settle how long the verifier waits for what is under way before it judges
   */
  private record Broken(
      String name,
      String found,
      Scenario scenario,
      Duration settle,
      MallService service,
      List<Mutation> promises) {

    static Broken of(
        String name, Kind kind, Scenario scenario, MallService service, Mutation... promises) {
      return of(name, kind.name(), scenario, service, promises);
    }

    static Broken of(
        String name, String found, Scenario scenario, MallService service, Mutation... promises) {
      return new Broken(name, found, scenario, NEVER_SETTLES, service, List.of(promises));
    }

    Broken judgedAtOnce() {
      return new Broken(name, found, scenario, Duration.ZERO, service, promises);
    }
  }

  /**
   * Those of one service one after the other: it need not be mended in between. The last leaves a
   * copy of the catalogue that converges only when the catalogue is published again.
   */
  private static final List<Broken> ALL =
      List.of(
          Broken.of(
              "G1: an order that is lost on its way",
              Kind.STUCK_IN_SILENCE,
              GuaranteeScenarios::anOrderComesWhileKafkaIsDown,
              MallService.ORDER,
              Mutation.REMOVE_UNACKNOWLEDGED,
              Mutation.NEVER_ANNOUNCE_AGAIN),
          Broken.of(
              "G4: a refund that is skipped",
              Kind.MONEY_DISAGREES,
              GuaranteeScenarios::twoPayForOnePiece,
              MallService.PAYMENT,
              Mutation.NO_REFUND),
          Broken.of(
              "G5: a decision that is forgotten",
              Kind.MONEY_DISAGREES,
              GuaranteeScenarios::aChargeComesAgainWhenThereIsMoney,
              MallService.PAYMENT,
              Mutation.FORGET_DECISIONS),
          Broken.of(
              "G5: a charge that comes after its refund",
              Kind.MONEY_DISAGREES,
              GuaranteeScenarios::aChargeComesAfterItsRefund,
              MallService.PAYMENT,
              Mutation.NO_TOMBSTONE),
          Broken.of(
              "G6: a customer who is notified twice",
              Kind.NOTIFIED_WRONGLY,
              GuaranteeScenarios::everyMessageIsRepeated,
              MallService.NOTIFICATION,
              Mutation.NOTIFY_AGAIN),
          Broken.of(
                  "G7: a deadline that passes unnoticed",
                  Kind.STUCK_IN_SILENCE,
                  GuaranteeScenarios::aDeadlinePasses,
                  MallService.SAGA,
                  Mutation.NEVER_PASS_DEADLINES)
              .judgedAtOnce(),
          Broken.of(
              "G2: a shelf that is never empty",
              Kind.OVERSOLD,
              GuaranteeScenarios::manyOrderFewPieces,
              MallService.INVENTORY,
              Mutation.NEVER_OUT_OF_STOCK),
          Broken.of(
                  "G2: two writers with nothing between them",
                  Kind.OVERSOLD,
                  GuaranteeScenarios::twoReplicasSellTheLastPiece,
                  MallService.INVENTORY,
                  Mutation.NO_FENCE_AND_NO_ROW_LOCKS)
              .judgedAtOnce(),
          Broken.of(
              "G3: a shelf that is not written",
              Kind.STOCK_UNBALANCED,
              GuaranteeScenarios::anOrderIsConfirmed,
              MallService.INVENTORY,
              Mutation.SHELF_NOT_WRITTEN),
          Broken.of(
              "G8: a relay that publishes the newest first",
              OUT_OF_ORDER,
              GuaranteeScenarios::aPriceChangesOftenWhileKafkaIsDown,
              MallService.INVENTORY,
              Mutation.PUBLISH_NEWEST_FIRST),
          Broken.of(
              "G9: a full shelf that is said to be empty",
              Kind.CANCELLED_WITHOUT_CAUSE,
              GuaranteeScenarios::thereIsEnoughForAnOrder,
              MallService.INVENTORY,
              Mutation.ALWAYS_OUT_OF_STOCK),
          Broken.of(
              "G10: a price that is not published",
              Kind.CATALOGUE_DISAGREES,
              GuaranteeScenarios::aPriceChanges,
              MallService.INVENTORY,
              Mutation.NEVER_ANNOUNCE_PRODUCTS));

  @TestFactory
  Stream<DynamicTest> brokenGuaranteesAreDetected() {
    var sample = DailySample.of(ALL, 3);
    return Stream.concat(
        Stream.of(
            dynamicTest("healthy services survive it all", () -> healthyServicesSurvive(sample))),
        sample.stream().map(broken -> dynamicTest(broken.name(), () -> isDetected(broken))));
  }

  private void healthyServicesSurvive(List<Broken> sample) throws Exception {
    for (var broken : sample) {
      try {
        broken.scenario().run();
      } finally {
        mall.replicas().forEach(ServiceReplica::resume);
      }
    }

    assertThat(violations(OpenMall.SETTLE)).isEmpty();
    open.assertSound();
  }

  private void isDetected(Broken broken) throws Exception {
    restart(broken);
    var before = violations(OpenMall.SETTLE);

    try {
      broken.scenario().run();

      assertThat(newSince(before, broken.settle())).contains(broken.found());
    } finally {
      mall.replicas().forEach(ServiceReplica::resume);
    }
  }

  /** All its replicas break their promises; those of other services come back whole. */
  private static void restart(Broken broken) throws InterruptedException {
    for (var replica : mall.replicas()) {
      boolean its = replica.service() == broken.service();
      if (its || replica.isBroken()) {
        replica.kill();
        replica.start(its ? broken.promises().toArray(Mutation[]::new) : new Mutation[0]);
      }
    }
    mall.awaitReady();
  }

  /** Names of findings of which there are more than before. */
  private static Set<String> newSince(Map<String, Long> before, Duration settle) throws Exception {
    var now = violations(settle);
    now.keySet().removeIf(found -> now.get(found) <= before.getOrDefault(found, 0L));
    return now.keySet();
  }

  /** The number of findings by their names. */
  private static Map<String, Long> violations(Duration settle) throws Exception {
    var settings = VerifierSettings.USUAL.waiting(settle).late(LATE);
    var violations = new TreeMap<String, Long>();
    new Verifier(mall.databases(), settings)
        .verify()
        .violations()
        .forEach((kind, count) -> violations.put(kind.name(), count));
    long outOfOrder = DeliveryOrder.violations(mall.kafkaServers());
    if (outOfOrder > 0) {
      violations.put(OUT_OF_ORDER, outOfOrder);
    }
    return violations;
  }
}
