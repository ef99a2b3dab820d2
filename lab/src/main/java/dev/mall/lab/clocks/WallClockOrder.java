package dev.mall.lab.clocks;

import dev.mall.lab.clocks.Replay.Stamped;
import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.util.List;

/** The messages of one order, stamped by clocks that differ by less than a second. */
public final class WallClockOrder implements Experiment {

  @Override
  public String name() {
    return "clocks/wall-clock-order";
  }

  @Override
  public String title() {
    return "Wall clocks put effects before their causes";
  }

  @Override
  public Effort effort() {
    return Effort.PURE;
  }

  @Override
  public String concept() {
    return """
    One event may have caused another if both are of one process and it came first, or if it is the sending of a message and the other its
    receipt, or if a chain of such steps leads from one to the other. Lamport calls it *happened before*. It is the only order that a system
    can know, since all its knowledge travels in its messages.

    Wall clocks know nothing of it. Time servers keep them within milliseconds of each other, sometimes seconds, and a message between two
    services takes less. If the receiver's clock is behind, its answer has an earlier time than the question. Logs that are merged by time
    show the effect before its cause, "the last write wins" discards the later write, and a reader that continues from a time misses rows.

    A Lamport clock is a counter. A process adds one for each event and sends the number along with each message; a receiver continues from
    the greater of its own number and the message's. So a number is greater than those of all causes, whatever any wall clock shows.

    The messages are those of a real order, recorded from the topics of a mall with one process per service, whose clocks were set wrong by
    up to 0.4 seconds; `OrderRecordingIT` makes the recording. The diagram is the timeline of that order.
    """;
  }

  @Override
  public String claim() {
    return "No message has an earlier stamp than a message that caused it.";
  }

  @Override
  public String naive() {
    return "Each message is stamped by the wall clock of its sender: the timestamp of its Kafka record.";
  }

  @Override
  public String remedy() {
    return "Each message is stamped by the Lamport clock of its sender, and the receiver's clock continues from it.";
  }

  @Override
  public String conclusion() {
    return """
    Wall clocks are for people. Order events by a chain that the system itself makes: the offset in a partition, a version under a row lock,
    the id of the message that was answered, or a Lamport number where there is no common place.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "Messages name their cause: mall-causation-id",
            "common/messaging/src/main/java/dev/mall/messaging/envelope/Headers.java"),
        Link.to(
            "ADR 14: deadlines are judged by offsets",
            "docs/adr/0014-judge-deadlines-by-consumer-offsets.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Lamport: Time, clocks, and the ordering of events in a distributed system (1978)",
            "https://doi.org/10.1145/359545.359563"));
  }

  @Override
  public void run(Half half, Trial trial) {
    Replay.of(
        RecordedOrders.load().of(RecordedOrders.ALONE),
        trial,
        (_, wall) -> half.isNaive() ? WallTime.clock(wall) : LamportTime.clock());
  }

  @Override
  public List<Violation> judge(History history) {
    var messages = history.facts(Stamped.class);
    return messages.stream()
        .flatMap(effect ->
            messages.stream()
                .filter(cause -> effect.value().isCausedBy(cause.value()))
                .filter(cause -> effect.value().stamp().isBefore(cause.value().stamp()))
                .map(cause ->
                    Violation.of(
                        "%s has an earlier stamp than %s, which caused it"
                            .formatted(
                                effect.value().message().type(), cause.value().message().type()),
                        cause,
                        effect)))
        .toList();
  }
}
