package dev.mall.lab.study;

import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.trial.Servers;
import dev.mall.lab.trial.Trial;
import java.util.ArrayList;
import java.util.List;

/** Both halves of an experiment, run and judged. */
public record ExperimentRun(Experiment experiment, long seed, HalfRun naive, HalfRun remedy) {

  /** A run and the violations that its judge found. */
  public record HalfRun(History history, List<Violation> violations) {

    public HalfRun {
      violations = List.copyOf(violations);
    }
  }

  /** Runs one half after the other, each as a trial of its own. */
  public static ExperimentRun of(Experiment experiment, Servers servers, long seed)
      throws Exception {
    return new ExperimentRun(
        experiment,
        seed,
        run(Half.NAIVE, experiment, servers, seed),
        run(Half.REMEDY, experiment, servers, seed));
  }

  /** Reasons why the experiment does not show its claim; none if it does. */
  public List<String> contradictions() {
    var found = new ArrayList<String>();
    if (naive.violations().isEmpty()) {
      found.add("the naive half kept the claim");
    }
    remedy
        .violations()
        .forEach(violation -> found.add("the remedy broke the claim: " + violation.cited()));
    if (!naive.history().schedule().equals(remedy.history().schedule())) {
      found.add(
          "the halves took different steps: naive %s, remedy %s"
              .formatted(naive.history().schedule(), remedy.history().schedule()));
    }
    unknownProof(naive).forEach(found::add);
    return found;
  }

  public boolean isAsClaimed() {
    return contradictions().isEmpty();
  }

  private static List<String> unknownProof(HalfRun half) {
    return half.violations().stream()
        .filter(violation -> !half.history().events().containsAll(violation.proof()))
        .map(violation -> "no event of the history proves: " + violation.text())
        .toList();
  }

  private static HalfRun run(Half half, Experiment experiment, Servers servers, long seed)
      throws Exception {
    try (var trial = new Trial(servers, seed)) {
      experiment.run(half, trial);
      var history = trial.history();
      return new HalfRun(history, experiment.judge(history));
    }
  }
}
