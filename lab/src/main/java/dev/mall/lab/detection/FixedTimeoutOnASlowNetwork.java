package dev.mall.lab.detection;

import dev.mall.lab.detection.HeartbeatReplay.Mistake;
import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.util.ArrayList;
import java.util.List;

/** A time-out that was right when it was chosen, on a network that slows down. */
public final class FixedTimeoutOnASlowNetwork implements Experiment {

  private static final int TIMEOUT = 300;
  private static final int THRESHOLD = 8;
  private static final int LATEST = 1_000;
  private static final int SECONDS = 60;
  private static final int PART = 10;

  /** A part of the trace, as the monitor saw it. */
  private record Watch(int mistakes, double longest) {

    static Watch of(List<Mistake> mistakes) {
      return new Watch(
          mistakes.size(), mistakes.stream().mapToDouble(Mistake::duration).max().orElse(0));
    }

    @Override
    public String toString() {
      return mistakes == 0
          ? "no suspicion"
          : "suspicions: %d, the longest for %.0f ms".formatted(mistakes, longest);
    }
  }

  private record Detection(double after) {
    @Override
    public String toString() {
      return "after %.0f ms".formatted(after);
    }
  }

  @Override
  public String name() {
    return "detection/fixed-timeout-on-a-slow-network";
  }

  @Override
  public String title() {
    return "A network slows down, and a fixed time-out suspects the living";
  }

  @Override
  public Effort effort() {
    return Effort.PURE;
  }

  @Override
  public String concept() {
    return """
    A time-out is a statement about the network: no heartbeat takes longer than this. It is chosen by looking at a quiet network, written into a
    configuration and forgotten, while load, routes and neighbours change. Here a process sends a heartbeat every 100 ms, and the time-out
    is three intervals, which is generous as long as heartbeats take less than a millisecond. In the course of a minute the network slows down:
    delays become larger, and above all they vary. Nothing has failed, but the monitor suspects the process again and again, and each
    suspicion costs a failover, moved partitions, or a connection that is opened again, which is more load.

    An adaptive detector derives its patience from the arrivals themselves. Phi accrual keeps the last hundred intervals between two heartbeats,
    takes them for a normal distribution, and suspects when a heartbeat is later than all but one in 10^φ of them would be. If the intervals vary
    more, the deviation grows and with it the patience, without a setting that has to be changed. The price
    is paid in detection time, and only while the network is slow. TCP chooses its retransmission time-out in the same way.
    """;
  }

  @Override
  public String claim() {
    return "The process is not suspected while it runs, and is suspected within a second of its crash.";
  }

  @Override
  public String naive() {
    return "The monitor suspects after 300 ms of silence.";
  }

  @Override
  public String remedy() {
    return "Phi accrual with a threshold of 8 over the last 100 heartbeats.";
  }

  @Override
  public String conclusion() {
    return """
    A fixed time-out has to be as long as the worst day requires, on all other days, too. Where heartbeats are frequent enough to learn from, let the detector
    learn the network, and bound the result from both sides.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "Deadlines of sagas count only time in which messages are read (ADR 14)",
            "docs/adr/0014-judge-deadlines-by-consumer-offsets.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Hayashibara et al.: The φ Accrual Failure Detector (2004)",
            "https://doi.org/10.1109/RELDIS.2004.1353004"),
        Link.to(
            "Jacobson: Congestion Avoidance and Control (1988)",
            "https://doi.org/10.1145/52324.52356"));
  }

  @Override
  public void run(Half half, Trial trial) {
    var process = trial.node("process");
    var monitor = trial.node("monitor");
    var trace = HeartbeatTrace.load("drift");
    var detector = half.isNaive() ? FailureDetector.fixed(TIMEOUT) : FailureDetector.phi(THRESHOLD);
    var replay = HeartbeatReplay.of(trace, detector);

    for (int from = 0; from < SECONDS; from += PART) {
      var mistakes = replay.mistakesBetween(from * 1_000, (from + PART) * 1_000);
      process.call(
          monitor,
          "sends heartbeats from second %d to %d".formatted(from, from + PART),
          () -> Watch.of(mistakes));
    }
    process.crash("SIGKILL");
    monitor.step(
        "suspects the process", () -> new Detection(replay.detectedAt() - trace.crashedAt()));
  }

  @Override
  public List<Violation> judge(History history) {
    var violations = new ArrayList<Violation>();
    history.facts(Watch.class).stream()
        .filter(watch -> watch.value().mistakes() > 0)
        .map(watch -> Violation.of("A process that runs was suspected", watch))
        .forEach(violations::add);
    history.facts(Detection.class).stream()
        .filter(detection -> detection.value().after() > LATEST)
        .map(detection -> Violation.of("The crash was noticed too late", detection))
        .forEach(violations::add);
    return violations;
  }
}
