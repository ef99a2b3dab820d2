package dev.mall.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.chaos.agent.CrashPoint;
import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.fault.Faults;
import dev.mall.chaos.fault.process.KillAtPoint;
import dev.mall.chaos.fault.server.RestartKafka;
import dev.mall.cli.MallService;
import dev.mall.cli.UsageException;
import dev.mall.contracts.values.CheckoutMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

  private static final List<String> REPLICAS = List.of("order-service", "inventory-service-1");

  @Test
  void theShortProfileHasEachKindOnce() {
    var plan = new FaultPlan(ChaosOptions.parse(), REPLICAS, 7);
    var struck = new ArrayList<String>();
    while (!plan.isDone(struck.size(), 0)) {
      plan.next(struck.size()).stream().map(Fault::kind).forEach(struck::add);
    }

    assertThat(struck)
        .doesNotHaveDuplicates()
        .containsOnlyOnceElementsOf(
            Faults.all(REPLICAS).stream().map(Fault::kind).distinct().toList());
  }

  @Test
  void faultsThatACheckoutModeIsNotMadeForAreLeftOutByName() {
    var sweep = new KillAtPoint(CrashPoint.DEADLINE_SWEEP, MallService.SAGA);
    var empty = new RestartKafka(RestartKafka.How.EMPTY);
    var plan = new FaultPlan(ChaosOptions.parse("--mode", "CHOREOGRAPHY"), REPLICAS, 7);

    assertThat(plan.next(0)).doesNotContain(sweep, empty);
    assertThat(Faults.leftOut(CheckoutMode.CHOREOGRAPHY))
        .anyMatch(leftOut -> leftOut.startsWith(sweep.name()))
        .anyMatch(leftOut -> leftOut.startsWith(empty.name()));
    assertThat(Faults.leftOut(CheckoutMode.TWO_PHASE))
        .anyMatch(leftOut -> leftOut.startsWith("SIGKILL at lock held"))
        .anyMatch(leftOut -> leftOut.startsWith("SIGKILL at expiry sweep"))
        .anyMatch(leftOut -> leftOut.startsWith("SIGSTOP of a lock holder"));
    assertThat(Faults.leftOut(CheckoutMode.SAGA)).noneMatch(leftOut -> leftOut.contains("SIGKILL"));
  }

  @Test
  void theSameSeedGivesTheSameFaults() {
    var options = ChaosOptions.parse("--profile", "long");

    assertThat(names(new FaultPlan(options, REPLICAS, 7)))
        .isEqualTo(names(new FaultPlan(options, REPLICAS, 7)))
        .isNotEqualTo(names(new FaultPlan(options, REPLICAS, 8)));
  }

  private static List<String> names(FaultPlan plan) {
    return plan.next(60).stream().map(Fault::name).toList();
  }

  @Test
  void onlyWhatIsAskedForComesAndAsOftenAsAskedFor() {
    var plan =
        new FaultPlan(ChaosOptions.parse("--only", "kafka while", "--times", "3"), REPLICAS, 7);

    assertThat(plan.next(0)).hasSize(1);
    assertThat(plan.isDone(2, 0)).isFalse();
    assertThat(plan.isDone(3, 0)).isTrue();
  }

  @Test
  void brokersAreAScenarioOfTheirOwn() {
    var plan = new FaultPlan(ChaosOptions.parse("--only", "brokers"), REPLICAS, 7);
    var usual = Faults.all(REPLICAS).stream().map(Fault::kind).toList();

    assertThat(plan.next(0))
        .isNotEmpty()
        .extracting(Fault::kind)
        .doesNotContainAnyElementsOf(usual);
  }

  @Test
  void aNameThatNoFaultHasIsRefused() {
    assertThatThrownBy(
            () -> FaultPlan.refuseIfEmpty(ChaosOptions.parse("--only", "kafak"), REPLICAS))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("kafak");
  }
}
