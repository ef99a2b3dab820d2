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
import java.util.ArrayList;
import java.util.List;

/** The messages of two orders that were placed at once. */
public final class Concurrency implements Experiment {

  @Override
  public String name() {
    return "clocks/concurrency";
  }

  @Override
  public String title() {
    return "Lamport numbers order messages that are concurrent";
  }

  @Override
  public Effort effort() {
    return Effort.PURE;
  }

  @Override
  public String concept() {
    return """
    Two events are concurrent if neither may have caused the other: no chain of messages leads from one to the other. That does not mean at the
    same time. One of the two may come an hour later, and still neither process could have known of the other's event.

    It matters wherever writes may conflict. If one of two versions was written with knowledge of the other, it replaces it. If they are
    concurrent, both have to be kept or merged, as the carts of a customer's two devices, or one of them is lost in silence.

    Lamport numbers cannot show it. Greater numbers follow from causes, but also from other traffic: of two concurrent messages one has the
    smaller number, as if it could have been the cause. A vector clock counts the events of each process separately, so a stamp says how many
    events of each process lie behind a message. One vector is before another if no count is greater and one is smaller, and that is so
    exactly if its event may have caused the other's.

    The price is the size: a number per process that writes, in each message. Databases therefore keep one per replica of a key, or give each
    key a leader, whose log has no concurrency to find. The messages are those of two real orders that were placed at once.
    """;
  }

  @Override
  public String claim() {
    return "A stamp is before another only if its message may have caused the other's.";
  }

  @Override
  public String naive() {
    return "Messages are stamped by Lamport clocks.";
  }

  @Override
  public String remedy() {
    return "Messages are stamped by vector clocks, with a count per service.";
  }

  @Override
  public String conclusion() {
    return """
    Use vectors, or versions per replica, where concurrent writes are allowed and have to be found. Where one owner orders the writes of a
    key, as a row lock and a partition do here, a single number is enough.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "Fencing: a token per writer, compared by the owner of the row",
            "docs/adr/0003-lock-a-batch-of-skus-in-one-script.md"),
        Link.to(
            "ADR 33: two events without a common order, and one row that decides",
            "docs/adr/0033-choreography-decided-by-the-reservation.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Mattern: Virtual time and global states of distributed systems (1989)",
            "https://www.vs.inf.ethz.ch/publ/papers/VirtTimeGlobStates.pdf"),
        Link.to(
            "Schwarz and Mattern: Detecting causal relationships (1994)",
            "https://doi.org/10.1007/BF02277859"));
  }

  @Override
  public void run(Half half, Trial trial) {
    Replay.of(
        RecordedOrders.load().of(RecordedOrders.TOGETHER),
        trial,
        (service, _) -> half.isNaive() ? LamportTime.clock() : VectorTime.clock(service));
  }

  /** Many pairs prove the same, so the first stands for all. */
  @Override
  public List<Violation> judge(History history) {
    var causality = Causality.of(history);
    var messages = history.facts(Stamped.class);
    var wrong = new ArrayList<Violation>();
    for (var one : messages) {
      for (var other : messages) {
        if (one.value().stamp().isBefore(other.value().stamp())
            && !causality.precedes(one.event(), other.event())) {
          wrong.add(orderedWithoutCause(one, other));
        }
      }
    }
    return wrong.stream().limit(1).toList();
  }

  private static Violation orderedWithoutCause(Fact<Stamped> one, Fact<Stamped> other) {
    return Violation.of(
        "%s is stamped before %s, which it cannot have caused"
            .formatted(one.value().name(), other.value().name()),
        one,
        other);
  }
}
