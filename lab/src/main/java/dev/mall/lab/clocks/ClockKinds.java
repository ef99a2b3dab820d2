package dev.mall.lab.clocks;

import dev.mall.lab.clocks.Replay.Stamped;
import dev.mall.lab.history.History;
import dev.mall.lab.history.History.Fact;
import dev.mall.lab.study.Comparison;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Servers;
import dev.mall.lab.trial.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Four clocks over the same recorded messages. */
public final class ClockKinds implements Comparison {

  /**
   * A kind of clock.
   *
   * @param size of a stamp
   */
  private record Kind(String name, String size, Replay.Clocks clocks) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("wall clock", "64 bits", (_, wall) -> WallTime.clock(wall)),
          new Kind("Lamport clock", "64 bits", (_, _) -> LamportTime.clock()),
          new Kind(
              "vector clock", "64 bits per service", (service, _) -> VectorTime.clock(service)),
          new Kind("hybrid logical clock", "64 bits", (_, wall) -> HybridTime.clock(wall)));

  @Override
  public String name() {
    return "clocks/kinds";
  }

  @Override
  public String title() {
    return "Four clocks over the messages of three real orders";
  }

  @Override
  public Effort effort() {
    return Effort.PURE;
  }

  @Override
  public String concept() {
    return """
    Three questions distinguish clocks. Do stamps follow causes: is the stamp of an effect never before that of its cause? Do they find
    concurrency: are two messages ordered only if one may have caused the other? And are they times, which a person or a retention period can
    read?

    A wall clock answers the last question alone, and Lamport's the first alone. A vector clock answers the first and the second, at the size
    of the system. A hybrid logical clock answers the first and the last, at the size of a timestamp; it orders concurrent messages, as
    Lamport's does, by accident.

    The recording has three orders of a mall with one process per service, whose clocks were set wrong: one under `SAGA`, alone, and two under
    `CHOREOGRAPHY`, placed at once. Each row replays the same messages with another clock, while the wall clocks show what they showed. Causes
    are those of the replayed history, not of any stamp. Distances are those from the sender's wall clock, however wrong that was. The second
    table is the timeline of the first order.
    """;
  }

  @Override
  public String conclusion() {
    return """
    To order events, use a Lamport number or the order of a log. To find conflicts, use a vector. To ask for a time, use a hybrid clock, or one database's
    clock for all that is compared, as the suite does. Use a wall clock for labels.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "One database's clock for deadlines and leases",
            "common/messaging/src/main/java/dev/mall/messaging/database/DatabaseClock.java"),
        Link.to(
            "The envelope: cause, sender, creation time",
            "common/messaging/src/main/java/dev/mall/messaging/envelope/Headers.java"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Lamport: Time, clocks, and the ordering of events (1978)",
            "https://doi.org/10.1145/359545.359563"),
        Link.to(
            "Mattern: Virtual time and global states (1989)",
            "https://www.vs.inf.ethz.ch/publ/papers/VirtTimeGlobStates.pdf"),
        Link.to(
            "Kulkarni and others: Logical physical clocks (2014)",
            "https://cse.buffalo.edu/tech-reports/2014-04.pdf"));
  }

  @Override
  public Result compare(Trial trial) {
    var all = RecordedOrders.load();
    var judged = new ArrayList<List<String>>();
    for (var kind : KINDS) {
      var history = replayed(all, kind);
      var causality = Causality.of(history);
      judged.add(
          List.of(
              kind.name(),
              count(history, causality::precedes, (cause, effect) -> effect.isBefore(cause)),
              count(history, causality::areConcurrent, Stamp::isBefore),
              distance(history),
              kind.size()));
    }
    return Result.of(
        new Table(
            "Pairs of messages that each clock orders wrongly, and its distance from wall time",
            List.of(
                Column.of("clock"),
                Column.of("effects before causes"),
                Column.of("concurrent, but ordered"),
                Column.of("furthest from the wall clock"),
                Column.of("size of a stamp")),
            judged),
        new Table("The timeline of the first order", timelineColumns(), timeline(all)));
  }

  private static List<Column> timelineColumns() {
    return Stream.concat(Stream.of("message", "sender", "receiver"), KINDS.stream().map(Kind::name))
        .map(Column::of)
        .toList();
  }

  private static List<List<String>> timeline(RecordedOrders all) {
    var order = all.of(RecordedOrders.ALONE);
    var stamps = KINDS.stream().map(kind -> messages(replayed(order, kind))).toList();
    return IntStream.range(0, order.messages().size())
        .mapToObj(i -> {
          var message = order.messages().get(i);
          var to = message.to();
          return Stream.concat(
                  Stream.of(message.type(), message.from(), to == null ? "—" : to),
                  stamps.stream().map(its -> its.get(i).value().stamp().toString()))
              .toList();
        })
        .toList();
  }

  private static History replayed(RecordedOrders recording, Kind kind) {
    try (var servers = new Servers();
        var trial = new Trial(servers, 1)) {
      Replay.of(recording, trial, kind.clocks());
      return trial.history();
    }
  }

  /** Of all pairs that are related so, those whose stamps are related so. */
  private static String count(
      History history,
      BiPredicate<History.Event, History.Event> related,
      BiPredicate<Stamp, Stamp> stamped) {
    var messages = messages(history);
    int pairs = 0;
    int wrong = 0;
    for (var one : messages) {
      for (var other : messages) {
        if (related.test(one.event(), other.event())) {
          pairs++;
          wrong += stamped.test(one.value().stamp(), other.value().stamp()) ? 1 : 0;
        }
      }
    }
    return "%d of %d".formatted(wrong, pairs);
  }

  private static String distance(History history) {
    return messages(history).stream()
        .flatMap(sent -> sent.value().distance().stream())
        .max(Duration::compareTo)
        .map(furthest -> furthest.toMillis() + " ms")
        .orElse("not a time");
  }

  private static List<Fact<Stamped>> messages(History history) {
    return history.facts(Stamped.class);
  }
}
