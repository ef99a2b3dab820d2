package dev.mall.verifier.findings;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts what is found, keeps the first few of each kind, and sets aside what is excused. */
public final class Findings {

  private final int kept;
  private final Map<String, Set<Kind>> excuses;
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final Map<Kind, List<Finding>> first = new EnumMap<>(Kind.class);
  private final List<Finding> excused = new ArrayList<>();

  /**
   * @param kept how many of each kind are kept
   * @param excuses what is not held against the mall, by subject
   */
  public Findings(int kept, Map<String, Set<Kind>> excuses) {
    this.kept = kept;
    this.excuses = excuses;
  }

  public void add(Finding finding) {
    add(List.of(finding), 1);
  }

  /**
   * @param some of one kind; at least the first {@link #wanted}, if there are so many
   * @param count how many there are of it
   */
  public void add(List<Finding> some, long count) {
    long unexcused = count;
    for (var finding : some) {
      if (excuses.getOrDefault(finding.subject(), Set.of()).contains(finding.kind())) {
        excuse(finding);
        unexcused--;
      } else {
        keep(finding);
      }
    }
    if (unexcused > 0) {
      counts.merge(some.getFirst().kind(), unexcused, Long::sum);
    }
  }

  /** How many of a kind must be seen, so that what is excused among them hides nothing. */
  public int wanted() {
    return Math.max(1, kept + excuses.size());
  }

  /** How many there are of each kind that there is. */
  public Map<Kind, Long> counts() {
    return counts;
  }

  /** The first few of each kind. */
  public List<Finding> kept() {
    return first.values().stream().flatMap(List::stream).toList();
  }

  public List<Finding> excused() {
    return excused;
  }

  private void keep(Finding finding) {
    var list = first.computeIfAbsent(finding.kind(), _ -> new ArrayList<>());
    if (list.size() < kept) {
      list.add(finding);
    }
  }

  private void excuse(Finding finding) {
    if (excused.size() < wanted()) {
      excused.add(finding);
    }
  }
}
