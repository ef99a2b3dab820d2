package dev.mall.lab.detection;

import dev.mall.lab.detection.HeartbeatReplay.Observation;
import dev.mall.lab.detection.TradeOffPlot.Curve;
import dev.mall.lab.detection.TradeOffPlot.Panel;
import dev.mall.lab.detection.TradeOffPlot.Point;
import dev.mall.lab.study.Comparison;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Mistakes and detection time of each family of detectors on each recorded trace. */
public final class TradeOff implements Comparison {

  private static final List<String> TRACES = List.of("steady", "pauses", "loss", "drift");

  private static final List<Integer> ALL_TRACES = List.of(0, 1, 2, 3);

  @Override
  public String name() {
    return "detection/trade-off";
  }

  @Override
  public String title() {
    return "False suspicions against detection time";
  }

  @Override
  public Effort effort() {
    return Effort.PURE;
  }

  @Override
  public String concept() {
    return """
    A failure detector sees only silence, and silence has many causes. It is wrong at times, in any design: a hasty one suspects processes
    that live, a patient one leaves the dead in service. Its quality is therefore two figures, the rate of false suspicions and the
    time from a crash to its detection, and each detector has a setting that trades one for the other.

    Four traces were recorded, a minute each, with a heartbeat every 100 ms over the loopback interface of a busy host: *steady*;
    *pauses*, with eight SIGSTOPs of 200 to 900 ms; *loss*, where a relay drops one datagram in ten; and *drift*, where the relay delays each
    datagram by an exponential time whose mean grows to 150 ms. Each ends with SIGKILL. Four families of detectors see the same arrivals. The fixed
    time-out counts from the last one. The adaptive detector of Chen expects the next arrival where the mean of the last hundred puts it, and adds
    a margin. Phi accrual suspects when a heartbeat is later than all but one in 10^φ of a normal distribution with mean and deviation
    of these arrivals; Cassandra's variant takes an exponential distribution, which is a multiple of the mean.
    Detection time is the mean over crashes right after each heartbeat.
    """;
  }

  @Override
  public String conclusion() {
    return """
    On a network that is known, no family is much faster than a fixed time-out; the adaptive ones find the value by themselves, and find it again when the
    network changes. None of them foresees a pause: intervals with pauses are not normal, and φ = 8, which promises one mistake in
    10^8, suspects most pauses. So the longest pause that has to be tolerated is a setting of any detector (Akka's
    `acceptable-heartbeat-pause`), and detection cannot be faster than that.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "Probes of Kubernetes: fixed time-outs, by failures in a row", "k8s/base/service.yaml"),
        Link.to(
            "RecordHeartbeats records the traces once more",
            "lab/src/main/java/dev/mall/lab/detection/RecordHeartbeats.java"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Chen, Toueg and Aguilera: On the Quality of Service of Failure Detectors (2002)",
            "https://doi.org/10.1109/TC.2002.1004595"),
        Link.to(
            "Hayashibara et al.: The φ Accrual Failure Detector (2004)",
            "https://doi.org/10.1109/RELDIS.2004.1353004"),
        Link.to(
            "Akka: Phi Accrual Failure Detector",
            "https://doc.akka.io/libraries/akka-core/current/typed/failure-detector.html"));
  }

  @Override
  public Result compare(Trial trial) {
    var traces = TRACES.stream().map(HeartbeatTrace::load).map(Observation::of).toList();
    var sweeps = DetectorFamily.ALL.stream().map(family -> Sweep.of(family, traces)).toList();
    return new Result(
        List.of(usualSettings(traces), oneSettingPerTrace(sweeps), oneSettingForAll(sweeps)),
        List.of(new Figure("plot", title(), plot(sweeps))));
  }

  private static Table usualSettings(List<Observation> traces) {
    var rows = new ArrayList<List<String>>();
    for (var family : DetectorFamily.ALL) {
      double setting = family.usual();
      var choice = Choice.of(setting, family.with(setting), traces);
      var row = new ArrayList<String>(List.of(family.title(), family.label(setting)));
      ALL_TRACES.forEach(
          trace -> row.add("%d, %s".formatted(choice.mistakes(trace), choice.detection(trace))));
      rows.add(row);
    }
    return new Table(
        "False suspicions in a minute and detection time, with a usual setting",
        columns("detector", "setting"),
        rows);
  }

  private static Table oneSettingPerTrace(List<Sweep> sweeps) {
    var rows = new ArrayList<List<String>>();
    for (var sweep : sweeps) {
      var row = new ArrayList<String>(List.of(sweep.family().title()));
      for (int trace = 0; trace < TRACES.size(); trace++) {
        var choice = sweep.hastiestWithoutMistake(List.of(trace));
        row.add(
            "%s (%s)".formatted(choice.detection(trace), sweep.family().label(choice.setting())));
      }
      rows.add(row);
    }
    return new Table(
        "Detection time, with the hastiest setting that makes no mistake on this trace",
        columns("detector"),
        rows);
  }

  private static Table oneSettingForAll(List<Sweep> sweeps) {
    var rows = new ArrayList<List<String>>();
    for (var sweep : sweeps) {
      var choice = sweep.hastiestWithoutMistake(ALL_TRACES);
      var row =
          new ArrayList<String>(
              List.of(sweep.family().title(), sweep.family().label(choice.setting())));
      ALL_TRACES.forEach(trace -> row.add(choice.detection(trace)));
      rows.add(row);
    }
    return new Table(
        "Detection time, with the hastiest setting that makes no mistake on any trace",
        columns("detector", "setting"),
        rows);
  }

  private static List<Column> columns(String... first) {
    return Stream.concat(Stream.of(first), TRACES.stream()).map(Column::of).toList();
  }

  private String plot(List<Sweep> sweeps) {
    var panels = new ArrayList<Panel>();
    for (int trace : ALL_TRACES) {
      panels.add(
          new Panel(
              TRACES.get(trace),
              sweeps.stream()
                  .map(sweep -> new Curve(sweep.family().title(), sweep.points(trace)))
                  .toList()));
    }
    return TradeOffPlot.svg(title(), panels);
  }

  /** All settings of a family, the hastiest first, and each one's replays of all traces. */
  private record Sweep(DetectorFamily family, List<Choice> choices) {

    static Sweep of(DetectorFamily family, List<Observation> traces) {
      return new Sweep(
          family,
          family.settings().stream()
              .map(setting -> Choice.of(setting, family.with(setting), traces))
              .toList());
    }

    Choice hastiestWithoutMistake(List<Integer> traces) {
      return choices.stream()
          .filter(choice -> traces.stream().allMatch(trace -> choice.mistakes(trace) == 0))
          .findFirst()
          .orElseThrow();
    }

    List<Point> points(int trace) {
      return choices.stream()
          .map(choice ->
              new Point(choice.replays().get(trace).meanDetection(), choice.mistakes(trace)))
          .toList();
    }
  }

  private record Choice(double setting, List<HeartbeatReplay> replays) {

    static Choice of(double setting, FailureDetector detector, List<Observation> traces) {
      return new Choice(
          setting, traces.stream().map(trace -> HeartbeatReplay.of(trace, detector)).toList());
    }

    int mistakes(int trace) {
      return replays.get(trace).mistakes().size();
    }

    String detection(int trace) {
      return "%.0f ms".formatted(replays.get(trace).meanDetection());
    }
  }
}
