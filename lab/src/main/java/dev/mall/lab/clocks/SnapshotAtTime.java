package dev.mall.lab.clocks;

import dev.mall.lab.clocks.Replay.Stamped;
import dev.mall.lab.history.History;
import dev.mall.lab.history.History.Fact;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All messages of an order as of a time, which is a point on clocks that differ. */
public final class SnapshotAtTime implements Experiment {

  /**
   * The messages with stamps up to a time.
   *
   * @param numbers of the messages
   * @param skew by how much the clocks of two services differ at most
   */
  private record Snapshot(Set<Integer> numbers, Duration skew) {
    @Override
    public String toString() {
      return numbers.size() + " messages";
    }
  }

  @Override
  public String name() {
    return "clocks/snapshot-at-time";
  }

  @Override
  public String title() {
    return "A snapshot as of a time, by wall clocks and by hybrid clocks";
  }

  @Override
  public Effort effort() {
    return Effort.PURE;
  }

  @Override
  public String concept() {
    return """
    "The state as of noon" is asked for by backups, by reports, and by databases that keep old versions of rows. If each process answers by its
    own clock, the answer may hold a payment and not the order that it pays: the effect was stamped by a clock that is behind, its cause by
    one that is ahead. Such a cut through the history is inconsistent; the system was never in that state.

    Lamport numbers give consistent cuts, but not at noon: they count events and say nothing about time. A hybrid logical clock gives both.
    Its stamp is the latest wall time among the causes of an event, its own process included, and a count of the events that share it. A
    process whose clock is behind goes by the times in the messages that it receives, until its own clock has caught up.

    So a stamp is greater than those of its causes, and it is ahead of its process' clock by at most the difference of the clocks. It fits
    into 64 bits: 48 of milliseconds and 16 of the count. A clock that is far ahead takes all others along, so implementations refuse messages
    from beyond a limit.

    The experiment cuts at a moment at which the wall clocks of the recorded order disagree.
    """;
  }

  @Override
  public String claim() {
    return "A snapshot as of a time holds all causes of each message in it, and stamps are as near to the wall clocks as these are to each other.";
  }

  @Override
  public String naive() {
    return "The snapshot holds the messages that the wall clocks of their senders stamped with that time or earlier.";
  }

  @Override
  public String remedy() {
    return "It holds the messages that hybrid logical clocks stamped so.";
  }

  @Override
  public String conclusion() {
    return """
    Where a time has to name a state, let the clock follow the messages: a hybrid logical clock costs no more than a timestamp and cannot
    contradict causes. It does not make wall clocks right; a message that travels outside, such as a phone call, is still not in any stamp.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "ADR 11: the verifier compares databases without a common moment",
            "docs/adr/0011-verify-without-a-common-moment.md"),
        Link.to("Fault suite: clocks of processes and of PostgreSQL jump", "docs/faults.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Kulkarni and others: Logical physical clocks and consistent snapshots (2014)",
            "https://cse.buffalo.edu/tech-reports/2014-04.pdf"),
        Link.to(
            "Chandy and Lamport: Distributed snapshots (1985)",
            "https://doi.org/10.1145/214451.214456"));
  }

  @Override
  public void run(Half half, Trial trial) {
    var recording = RecordedOrders.load().of(RecordedOrders.ALONE);
    Replay.of(
        recording,
        trial,
        (_, wall) -> half.isNaive() ? WallTime.clock(wall) : HybridTime.clock(wall));
    var time = lastContradiction(recording);
    trial
        .node("backup")
        .step(
            "takes a snapshot as of " + WallTime.text(time),
            () ->
                new Snapshot(
                    upTo(time, trial.history()), Duration.ofMillis(recording.widestSkewMillis())));
  }

  @Override
  public List<Violation> judge(History history) {
    var messages = history.facts(Stamped.class);
    return history.facts(Snapshot.class).stream()
        .flatMap(snapshot ->
            Stream.concat(
                withoutCauses(snapshot, messages), farFromClocks(snapshot.value(), messages)))
        .toList();
  }

  private static Stream<Violation> withoutCauses(
      Fact<Snapshot> snapshot, List<Fact<Stamped>> messages) {
    var held = snapshot.value().numbers();
    return messages.stream()
        .filter(effect -> held.contains(effect.value().message().number()))
        .flatMap(effect ->
            messages.stream()
                .filter(cause -> effect.value().isCausedBy(cause.value()))
                .filter(cause -> !held.contains(cause.value().message().number()))
                .map(cause ->
                    Violation.of(
                        "The snapshot holds %s and not %s, which caused it"
                            .formatted(
                                effect.value().message().type(), cause.value().message().type()),
                        cause,
                        effect,
                        snapshot)));
  }

  private static Stream<Violation> farFromClocks(Snapshot snapshot, List<Fact<Stamped>> messages) {
    return messages.stream()
        .filter(sent -> sent.value().distance().orElseThrow().compareTo(snapshot.skew()) > 0)
        .map(sent ->
            Violation.of(
                sent.value().message().type() + " is stamped far from its sender's clock", sent));
  }

  private static Set<Integer> upTo(Instant time, History history) {
    return history.facts(Stamped.class).stream()
        .map(Fact::value)
        .filter(sent -> !sent.stamp().wallTime().orElseThrow().isAfter(time))
        .map(sent -> sent.message().number())
        .collect(Collectors.toSet());
  }

  /** The time of the last message whose sender's clock had not reached the time of its cause. */
  private static Instant lastContradiction(RecordedOrders recording) {
    return recording.messages().stream()
        .filter(effect ->
            recording.messages().stream()
                .anyMatch(cause ->
                    Integer.valueOf(cause.number()).equals(effect.causedBy())
                        && effect.stamped().isBefore(cause.stamped())))
        .reduce((_, later) -> later)
        .orElseThrow()
        .stamped();
  }
}
