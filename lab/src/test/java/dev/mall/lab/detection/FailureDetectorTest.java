package dev.mall.lab.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mall.lab.detection.FailureDetector.Past;
import dev.mall.lab.detection.HeartbeatTrace.Heartbeat;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The time of suspicion as a function of the arrivals. */
class FailureDetectorTest {

  private static final Past REGULAR = Past.of(arrivals(100, 200, 300, 400));
  private static final Past IRREGULAR = Past.of(arrivals(100, 150, 350, 400));

  @Test
  void aFixedTimeoutCountsFromTheLastArrival() {
    assertThat(FailureDetector.fixed(250).suspectsAt(IRREGULAR)).isEqualTo(650);
  }

  @Test
  void anAdaptiveOneCountsFromTheExpectedArrival() {
    assertThat(FailureDetector.adaptive(40).suspectsAt(REGULAR)).isEqualTo(540);
    assertThat(FailureDetector.adaptive(40).suspectsAt(Past.of(arrivals(110, 210, 310, 450))))
        .as("late by 20 ms on average, of which the last one is 50")
        .isEqualTo(560);
  }

  @Test
  void anAdaptiveOneCountsIntervalsWithoutHeartbeat() {
    var afterALoss = List.of(new Heartbeat(1, 100, 100), new Heartbeat(3, 300, 300));

    assertThat(FailureDetector.adaptive(40).suspectsAt(Past.of(afterALoss))).isEqualTo(440);
  }

  /** One in a thousand is 3.09 deviations late, one in 10^8 5.61. */
  @Test
  void phiCountsDeviations() {
    assertThat(FailureDetector.phi(3).suspectsAt(REGULAR))
        .isCloseTo(400 + 100 + 3.0902 * 10, within(0.01));
    assertThat(FailureDetector.phi(8).suspectsAt(REGULAR))
        .isCloseTo(400 + 100 + 5.6120 * 10, within(0.01));

    double deviation = Math.sqrt((50 * 50 + 100 * 100 + 50 * 50) / 3.0);
    assertThat(FailureDetector.phi(3).suspectsAt(IRREGULAR))
        .isCloseTo(400 + 100 + 3.0902 * deviation, within(0.01));
  }

  @Test
  void exponentialPhiCountsIntervals() {
    assertThat(FailureDetector.exponentialPhi(1).suspectsAt(IRREGULAR))
        .isCloseTo(400 + 230.26, within(0.01));
  }

  @Test
  void thePastHasAMeanAndADeviation() {
    assertThat(Past.of(arrivals(100, 190, 300))).isEqualTo(new Past(300, 100, 10, 1190 / 3.0));
  }

  static List<Heartbeat> arrivals(double... times) {
    var all = DoubleStream.of(times).boxed().toList();
    return IntStream.range(0, all.size())
        .mapToObj(i -> new Heartbeat(i + 1, (i + 1) * 100, all.get(i)))
        .toList();
  }
}
