package dev.mall.lab.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mall.lab.detection.HeartbeatReplay.Mistake;
import dev.mall.lab.detection.HeartbeatTrace.Heartbeat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mistakes and detection on traces of which both are known. */
class HeartbeatReplayTest {

  private static final FailureDetector TIMEOUT = FailureDetector.fixed(250);

  @Test
  void seesNoMistakeInARegularTrace() {
    var replay = HeartbeatReplay.of(trace(100, 0, 0), TIMEOUT);

    assertThat(replay.mistakes()).isEmpty();
    assertThat(replay.meanDetection()).isCloseTo(250, within(1e-6));
    assertThat(replay.detectedAt()).isEqualTo(10_250);
  }

  @Test
  void countsASilenceAsOneMistakeUntilItEnds() {
    var replay = HeartbeatReplay.of(trace(100, 70, 74), TIMEOUT);

    assertThat(replay.mistakes()).containsExactly(new Mistake(6_900 + 250, 7_500));
    assertThat(replay.mistakes().getFirst().duration()).isEqualTo(350);
    assertThat(replay.mistakesBetween(7_000, 8_000)).hasSize(1);
    assertThat(replay.mistakesBetween(8_000, 9_000)).isEmpty();
  }

  @Test
  void forgivesMistakesWhileItLearns() {
    assertThat(HeartbeatReplay.of(trace(100, 20, 30), TIMEOUT).mistakes()).isEmpty();
  }

  @Test
  void ignoresHeartbeatsThatWereOvertaken() {
    var heartbeats =
        List.of(
            new Heartbeat(1, 100, 101),
            new Heartbeat(2, 200, 450),
            new Heartbeat(3, 300, 301),
            new Heartbeat(4, 400, Heartbeat.LOST));

    assertThat(new HeartbeatTrace("overtaken", heartbeats, 500).arrivals())
        .extracting(Heartbeat::number)
        .containsExactly(1, 3);
  }

  @Test
  void isReadAsItWasWritten() {
    var trace = trace(60, 10, 12);

    assertThat(HeartbeatTrace.parse(trace.name(), trace.lines())).isEqualTo(trace);
  }

  /** Heartbeats that take no time; of those from one number to another none arrives. */
  private static HeartbeatTrace trace(int count, int lostFrom, int lostTo) {
    var heartbeats = new ArrayList<Heartbeat>();
    for (int number = 1; number <= count; number++) {
      boolean lost = lostFrom <= number && number <= lostTo;
      heartbeats.add(new Heartbeat(number, number * 100, lost ? Heartbeat.LOST : number * 100));
    }
    return new HeartbeatTrace("made", heartbeats, count * 100 + 50);
  }
}
