package dev.mall.lab.study;

import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.trial.Trial;
import java.util.List;

/**
 * A claim, a naive design that breaks it and a remedy that keeps it, on one schedule.
 *
 * <p>Runs are deterministic: two runs with one seed have equal histories.
 */
public non-sealed interface Experiment extends Study {

  /** The claim that the judge holds both halves to, in one sentence. */
  String claim();

  /** The naive design, in one sentence. */
  String naive();

  /** The remedy, in one sentence. */
  String remedy();

  /**
   * Runs the schedule. Both halves have to take the same steps; only what the steps do may differ.
   */
  void run(Half half, Trial trial) throws Exception;

  /**
   * Judges a run by its history alone, whichever half it is of.
   *
   * @return the violations of the claim; none if it held
   */
  List<Violation> judge(History history);
}
