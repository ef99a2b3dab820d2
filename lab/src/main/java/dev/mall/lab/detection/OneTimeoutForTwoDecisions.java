package dev.mall.lab.detection;

import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.util.ArrayList;
import java.util.List;

/** A process that is paused now and then, and a monitor that has to avoid it and to replace it. */
public final class OneTimeoutForTwoDecisions implements Experiment {

  private static final int TIMEOUT = 400;
  private static final int AVOIDED = 1;
  private static final int REPLACED = 8;
  private static final int LATEST = 500;
  private static final int SECONDS = 60;
  private static final int PART = 10;

  /** A part of the trace, as the monitor saw it. */
  private record Watch(int avoided, int replaced) {
    @Override
    public String toString() {
      return "avoided: %d, replaced: %d".formatted(avoided, replaced);
    }
  }

  private record Detection(double avoidedAfter, double replacedAfter) {
    @Override
    public String toString() {
      return "avoided after %.0f ms, replaced after %.0f ms".formatted(avoidedAfter, replacedAfter);
    }
  }

  @Override
  public String name() {
    return "detection/one-time-out-for-two-decisions";
  }

  @Override
  public String title() {
    return "One time-out cannot serve two decisions";
  }

  @Override
  public Effort effort() {
    return Effort.PURE;
  }

  @Override
  public String concept() {
    return """
    A suspicion is followed by a reaction, and reactions differ in the price of being wrong. To send the next request to another replica
    costs nothing if the suspicion was false, so it should be done early. To replace the process, by electing another leader or by
    moving its data, costs minutes of work, and a process that was only paused comes back and finds its place taken. It should be done late. One time-out
    for both is too long for the first or too short for the second. In the trace the process is paused eight times, for up to 0.9 s,
    as by a garbage collection or a busy host, and is killed at last.

    An accrual detector separates monitoring from interpretation. It gives a level of suspicion, which rises steadily with the silence, and each
    consumer has a threshold of its own. Here both thresholds are those of phi accrual with an exponential distribution, as in
    Cassandra: requests avoid the process at φ = 1, after a silence that one heartbeat in ten would exceed, and the process is replaced at φ = 8. Even then the
    suspicion is not knowledge. A paused process that was replaced has to be kept from writing by a fencing token or by an epoch.
    """;
  }

  @Override
  public String claim() {
    return "A paused process is not replaced, and requests avoid a crashed one within half a second.";
  }

  @Override
  public String naive() {
    return "After 400 ms of silence the process is avoided and replaced.";
  }

  @Override
  public String remedy() {
    return "It is avoided from φ = 1 on, and replaced at φ = 8.";
  }

  @Override
  public String conclusion() {
    return """
    Ask which error each reaction can afford, and give it a threshold of its own: early for those that are free to take back, late for those that are
    not. Whatever is irreversible also needs a fence, because no threshold is late enough.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "Readiness takes a replica out of service, liveness restarts it much later",
            "k8s/base/service.yaml"),
        Link.to(
            "ADR 6: a holder that was stopped finishes only what it was granted",
            "docs/adr/0006-ids-under-a-leased-worker.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Hayashibara et al.: The φ Accrual Failure Detector (2004)",
            "https://doi.org/10.1109/RELDIS.2004.1353004"),
        Link.to(
            "Lakshman and Malik: Cassandra, a Decentralized Structured Storage System (2010)",
            "https://doi.org/10.1145/1773912.1773922"));
  }

  @Override
  public void run(Half half, Trial trial) {
    var process = trial.node("process");
    var monitor = trial.node("monitor");
    var trace = HeartbeatTrace.load("pauses");
    var avoids = HeartbeatReplay.of(trace, detector(half, AVOIDED));
    var replaces = HeartbeatReplay.of(trace, detector(half, REPLACED));

    for (int from = 0; from < SECONDS; from += PART) {
      var watch =
          new Watch(
              avoids.mistakesBetween(from * 1_000, (from + PART) * 1_000).size(),
              replaces.mistakesBetween(from * 1_000, (from + PART) * 1_000).size());
      process.call(
          monitor,
          "sends heartbeats from second %d to %d".formatted(from, from + PART),
          () -> watch);
    }
    process.crash("SIGKILL");
    monitor.step(
        "notices the silence",
        () ->
            new Detection(
                avoids.detectedAt() - trace.crashedAt(),
                replaces.detectedAt() - trace.crashedAt()));
  }

  @Override
  public List<Violation> judge(History history) {
    var violations = new ArrayList<Violation>();
    history.facts(Watch.class).stream()
        .filter(watch -> watch.value().replaced() > 0)
        .map(watch -> Violation.of("A process that was only paused was replaced", watch))
        .forEach(violations::add);
    history.facts(Detection.class).stream()
        .filter(detection -> detection.value().avoidedAfter() > LATEST)
        .map(detection -> Violation.of("Requests went to a crashed process", detection))
        .forEach(violations::add);
    return violations;
  }

  private static FailureDetector detector(Half half, int threshold) {
    return half.isNaive()
        ? FailureDetector.fixed(TIMEOUT)
        : FailureDetector.exponentialPhi(threshold);
  }
}
