package dev.mall.lab.detection;

import dev.mall.lab.detection.FailureDetector.Past;
import dev.mall.lab.detection.HeartbeatTrace.Heartbeat;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A detector's view of a trace.
 *
 * @param mistakes suspicions of the living process
 * @param meanDetection time from a heartbeat that arrived until a crash right after it would have
 *     been noticed, in milliseconds, on average
 * @param detectedAt when the crash was noticed
 */
record HeartbeatReplay(List<Mistake> mistakes, double meanDetection, double detectedAt) {

  /** The heartbeats that a detector remembers. */
  static final int WINDOW = 100;

  /** Detectors are not judged by the first heartbeats, from which they learn. */
  static final int LEARNING = 50;

  HeartbeatReplay {
    mistakes = List.copyOf(mistakes);
  }

  /** A suspicion, and the arrival of the heartbeat that refuted it. */
  record Mistake(double suspectedAt, double refutedAt) {

    double duration() {
      return refutedAt - suspectedAt;
    }
  }

  /** The past of a trace at each arrival, which is the same for all detectors. */
  record Observation(HeartbeatTrace trace, List<Heartbeat> arrivals, List<Past> pasts) {

    static Observation of(HeartbeatTrace trace) {
      var arrivals = trace.arrivals();
      var pasts =
          IntStream.range(LEARNING, arrivals.size())
              .mapToObj(i -> Past.of(arrivals.subList(Math.max(0, i + 1 - WINDOW), i + 1)))
              .toList();
      return new Observation(trace, arrivals.subList(LEARNING, arrivals.size()), pasts);
    }
  }

  static HeartbeatReplay of(HeartbeatTrace trace, FailureDetector detector) {
    return of(Observation.of(trace), detector);
  }

  static HeartbeatReplay of(Observation observed, FailureDetector detector) {
    var arrivals = observed.arrivals();
    double crashedAt = observed.trace().crashedAt();
    var mistakes = new ArrayList<Mistake>();
    double waited = 0;
    double suspectedAt = 0;
    for (int i = 0; i < arrivals.size(); i++) {
      var latest = arrivals.get(i);
      suspectedAt = Math.max(latest.arrivedAt(), detector.suspectsAt(observed.pasts().get(i)));
      waited += suspectedAt - latest.sentAt();
      double next = i == arrivals.size() - 1 ? crashedAt : arrivals.get(i + 1).arrivedAt();
      if (suspectedAt < next) {
        mistakes.add(new Mistake(suspectedAt, next));
      }
    }
    return new HeartbeatReplay(
        mistakes, waited / arrivals.size(), Math.max(suspectedAt, crashedAt));
  }

  /** The mistakes that begin in this part of the trace. */
  List<Mistake> mistakesBetween(double from, double to) {
    return mistakes.stream()
        .filter(mistake -> from <= mistake.suspectedAt() && mistake.suspectedAt() < to)
        .toList();
  }
}
