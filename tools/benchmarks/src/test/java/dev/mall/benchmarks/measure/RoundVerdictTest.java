package dev.mall.benchmarks.measure;

import static dev.mall.benchmarks.measure.RoundVerdict.BACKLOG;
import static dev.mall.benchmarks.measure.RoundVerdict.FOREIGN_CPU;
import static dev.mall.benchmarks.measure.RoundVerdict.NO_ORDERS;
import static dev.mall.benchmarks.measure.RoundVerdict.VALID;
import static dev.mall.benchmarks.measure.RoundVerdict.WRONG_OUTCOME;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundVerdictTest {

  private static final WorkloadDefinition CLOSED = Windows.workload("B1-closed");
  private static final WorkloadDefinition PACED = Windows.workload("B3-paced-50");
  private static final WorkloadDefinition IDLE = Windows.workload("B3-idle");
  private static final WorkloadDefinition DECLINED = Windows.workload("B5-declined");

  @Test
  void aRoundWithMoreThanTenPercentForeignCpuIsVoid() {
    assertThat(RoundVerdict.of(CLOSED, confirmed(1_000, 0), 0, 0.10)).isEqualTo(VALID);
    assertThat(RoundVerdict.of(CLOSED, confirmed(1_000, 0), 0, 0.11)).isEqualTo(FOREIGN_CPU);
    assertThat(RoundVerdict.of(IDLE, OrderCounts.NONE, 0, 0.11)).isEqualTo(FOREIGN_CPU);
  }

  @Test
  void aGrowingBacklogMakesARoundVoid() {
    assertThat(RoundVerdict.of(CLOSED, confirmed(1_000, 100), 0, 0)).isEqualTo(VALID);
    assertThat(RoundVerdict.of(CLOSED, confirmed(1_000, 101), 0, 0)).isEqualTo(BACKLOG);
    assertThat(RoundVerdict.of(CLOSED, confirmed(1_000, -500), 0, 0)).isEqualTo(VALID);
  }

  @Test
  void anOpenLoopMayHaveTheOrdersOfTwoSecondsUnderWay() {
    assertThat(RoundVerdict.of(PACED, confirmed(200, 100), 0, 0)).isEqualTo(VALID);
    assertThat(RoundVerdict.of(PACED, confirmed(200, 101), 0, 0)).isEqualTo(BACKLOG);
  }

  @Test
  void moreThanOnePercentOfOtherOutcomesMakesARoundVoid() {
    assertThat(RoundVerdict.of(CLOSED, new OrderCounts(990, 10, 0), 0, 0)).isEqualTo(VALID);
    assertThat(RoundVerdict.of(CLOSED, new OrderCounts(989, 11, 0), 0, 0)).isEqualTo(WRONG_OUTCOME);
    assertThat(RoundVerdict.of(CLOSED, confirmed(1_000, 0), 20, 0)).isEqualTo(WRONG_OUTCOME);
  }

  @Test
  void declinedPaymentsEndInCancelledOrders() {
    assertThat(RoundVerdict.of(DECLINED, new OrderCounts(0, 100, 0), 0, 0)).isEqualTo(VALID);
    assertThat(RoundVerdict.of(DECLINED, confirmed(100, 0), 0, 0)).isEqualTo(WRONG_OUTCOME);
  }

  @Test
  void aRoundWithoutOrdersIsVoidUnlessItIsIdle() {
    assertThat(RoundVerdict.of(CLOSED, OrderCounts.NONE, 0, 0)).isEqualTo(NO_ORDERS);
    assertThat(RoundVerdict.of(IDLE, OrderCounts.NONE, 0, 0)).isEqualTo(VALID);
  }

  private static OrderCounts confirmed(long confirmed, long growth) {
    return new OrderCounts(confirmed, 0, growth);
  }
}
