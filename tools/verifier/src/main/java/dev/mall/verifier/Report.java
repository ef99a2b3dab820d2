package dev.mall.verifier;

import dev.mall.verifier.findings.Finding;
import dev.mall.verifier.findings.Kind;
import dev.mall.verifier.tables.Summary;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The result of a verification.
 *
 * @param live whether it was made while orders were under way
 * @param underWay what was not at an end yet
 * @param violations how many there are of each kind that there is
 * @param found the first few of each kind
 * @param excused what was found about orders that were planted or settled by hand
 * @param settledByHand who settled an order by hand, and why, by order
 * @param judged how many orders were judged across all services
 * @param accepted how many orders of the journal were looked for
 */
public record Report(
    boolean live,
    List<String> underWay,
    Map<Kind, Long> violations,
    List<Finding> found,
    List<Finding> excused,
    Map<Long, String> settledByHand,
    Summary summary,
    long judged,
    long accepted,
    Duration took) {

  public boolean isSound() {
    return exitCode() == 0;
  }

  /** 0 all is well, 1 a guarantee is broken, 2 not everything could be judged. */
  public int exitCode() {
    if (!violations.isEmpty()) {
      return 1;
    }
    return live || underWay.isEmpty() ? 0 : 2;
  }

  /** The report as people read it. */
  @Override
  public String toString() {
    return TextReport.of(this);
  }

  /** The report as programs read it. */
  public String toJson() {
    return JsonReport.of(this);
  }
}
