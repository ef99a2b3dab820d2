package dev.mall.lab.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.lab.detection.HeartbeatTrace.Heartbeat;
import dev.mall.lab.detection.RecordHeartbeats.Conditions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A process of its own, for two seconds, with each fault. */
class HeartbeatRecordingIT {

  private static final Duration LENGTH = Duration.ofSeconds(2);

  @Test
  void recordsLossesDelaysPausesAndTheCrash() throws Exception {
    HeartbeatTrace trace;
    try (var recording =
        new HeartbeatRecording(new Conditions("all", 0.3, 20, List.of(700)), LENGTH)) {
      trace = recording.run();
    }

    assertThat(trace.heartbeats()).anyMatch(Heartbeat::isLost);
    assertThat(trace.arrivals())
        .isNotEmpty()
        .allMatch(heartbeat -> heartbeat.arrivedAt() > heartbeat.sentAt())
        .anyMatch(heartbeat -> heartbeat.arrivedAt() > heartbeat.sentAt() + 1);
    assertThat(trace.crashedAt()).isGreaterThanOrEqualTo(LENGTH.toMillis());
    assertThat(longestSilence(trace)).isGreaterThan(450);
  }

  private static double longestSilence(HeartbeatTrace trace) {
    double longest = 0;
    var sent = trace.heartbeats();
    for (int i = 1; i < sent.size(); i++) {
      longest = Math.max(longest, sent.get(i).sentAt() - sent.get(i - 1).sentAt());
    }
    return longest;
  }
}
