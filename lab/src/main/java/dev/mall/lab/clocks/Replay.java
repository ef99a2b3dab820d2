package dev.mall.lab.clocks;

import dev.mall.lab.clocks.RecordedOrders.RecordedMessage;
import dev.mall.lab.trial.InFlight;
import dev.mall.lab.trial.ManualClock;
import dev.mall.lab.trial.Node;
import dev.mall.lab.trial.Trial;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The services of a recording exchange its messages once more, with another clock for their stamps.
 * Each service's wall clock shows the time that it showed when the message was sent.
 *
 * <p>A topic holds no receipts. A message is received before the first one that it causes is sent,
 * or else at the end.
 */
final class Replay {

  private static final List<String> SERVICES =
      List.of(
          "order-service",
          "saga-orchestrator",
          "inventory-service",
          "payment-service",
          "notification-service");

  private final Map<String, Service> services = new LinkedHashMap<>();
  private final Map<Integer, InFlight<Stamped>> inFlight = new HashMap<>();
  private final RecordedOrders recording;

  /** A message that was sent, with the stamp of its sender's clock. */
  record Stamped(RecordedMessage message, Stamp stamp) {

    boolean isCausedBy(Stamped other) {
      var cause = message.causedBy();
      return cause != null && cause == other.message.number();
    }

    /** How far the stamp is from the wall clock of its sender; empty if it is no time of day. */
    Optional<Duration> distance() {
      return stamp.wallTime().map(time -> Duration.between(message.stamped(), time).abs());
    }

    /** The message and its order, for sentences. */
    String name() {
      return "%s of order %d".formatted(message.type(), message.order());
    }
  }

  /** Makes the clock by which a service stamps its messages. */
  interface Clocks {
    EventClock of(String service, Clock wall);
  }

  private record Service(Node node, ManualClock wall, EventClock clock) {

    void set(Instant now) {
      wall.advance(Duration.between(wall.instant(), now));
    }
  }

  private Replay(Trial trial, RecordedOrders recording, Clocks clocks) {
    this.recording = recording;
    var start = recording.messages().getFirst().created();
    var taking =
        recording.messages().stream()
            .flatMap(message -> Stream.of(message.from(), String.valueOf(message.to())))
            .toList();
    for (var name : SERVICES) {
      if (taking.contains(name)) {
        long skew = Objects.requireNonNull(recording.skewMillis().get(name));
        var wall = new ManualClock(start.plusMillis(skew));
        var word = name.substring(0, name.indexOf('-'));
        services.put(name, new Service(trial.node(word), wall, clocks.of(word, wall)));
      }
    }
  }

  static void of(RecordedOrders recording, Trial trial, Clocks clocks) {
    new Replay(trial, recording, clocks).run();
  }

  private void run() {
    for (var message : recording.messages()) {
      var sender = service(message.from());
      sender.set(message.stamped());
      var cause = message.causedBy();
      if (cause != null && inFlight.containsKey(cause)) {
        receive(cause);
      }
      send(message, sender);
    }
    List.copyOf(inFlight.keySet()).stream().sorted().forEach(this::receive);
  }

  private void send(RecordedMessage message, Service sender) {
    var stamped = new Stamped(message, sender.clock().tick());
    var label = "sends %s, %s".formatted(stamped.name(), stamped.stamp());
    var to = message.to();
    if (to == null) {
      sender.node().event(label, stamped);
    } else {
      inFlight.put(message.number(), sender.node().send(service(to).node(), label, stamped));
    }
  }

  private void receive(int number) {
    var flight = Objects.requireNonNull(inFlight.remove(number));
    var message = recording.messages().stream().filter(m -> m.number() == number).findFirst();
    var receiver = service(Objects.requireNonNull(message.orElseThrow().to()));
    flight.arrive(
        "receives it",
        stamped -> {
          receiver.clock().receive(stamped.stamp());
          return null;
        });
  }

  private Service service(String name) {
    return Objects.requireNonNull(services.get(name), name);
  }
}
