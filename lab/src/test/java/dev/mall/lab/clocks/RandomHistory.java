package dev.mall.lab.clocks;

import dev.mall.lab.history.History;
import dev.mall.lab.trial.InFlight;
import dev.mall.lab.trial.ManualClock;
import dev.mall.lab.trial.Node;
import dev.mall.lab.trial.Servers;
import dev.mall.lab.trial.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A history that a seed decides: processes whose clocks are wrong, stand still and go back, and
 * messages that overtake each other and are lost. Each event's fact is its {@link Sample}.
 */
final class RandomHistory {

  private static final int EVENTS = 60;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /**
   * The stamps of an event by all clocks.
   *
   * @param wallMillis of its process' clock
   */
  record Sample(long wallMillis, Stamp wall, Stamp lamport, Stamp vector, Stamp hybrid) {}

  private final RandomGenerator random;
  private final List<Process> processes;
  private final List<InFlight<Sample>> inFlight = new ArrayList<>();
  private final List<Process> receivers = new ArrayList<>();

  private RandomHistory(Trial trial) {
    random = trial.random();
    processes =
        IntStream.range(0, random.nextInt(2, 6))
            .mapToObj(i -> new Process(trial.node("process " + i), millis(-500, 500)))
            .toList();
  }

  static History of(long seed) {
    try (var servers = new Servers();
        var trial = new Trial(servers, seed)) {
      var run = new RandomHistory(trial);
      for (int i = 0; i < EVENTS; i++) {
        run.step();
      }
      return trial.history();
    }
  }

  private void step() {
    for (var process : processes) {
      boolean jumpsBack = random.nextInt(50) == 0;
      process.wall.advance(jumpsBack ? millis(-200, 0) : millis(0, 4));
    }
    var process = processes.get(random.nextInt(processes.size()));
    switch (random.nextInt(4)) {
      case 0 -> process.node.event("works", process.tick());
      case 1 -> send(process);
      default -> receiveOrLose(process);
    }
  }

  private void send(Process sender) {
    var receiver = processes.get(random.nextInt(processes.size()));
    if (receiver != sender) {
      receivers.add(receiver);
      inFlight.add(sender.node.send(receiver.node, "sends", sender.tick()));
    } else {
      sender.node.event("works", sender.tick());
    }
  }

  private void receiveOrLose(Process idle) {
    if (inFlight.isEmpty()) {
      send(idle);
      return;
    }
    int any = random.nextInt(inFlight.size());
    var receiver = receivers.remove(any);
    var message = inFlight.remove(any);
    if (random.nextInt(10) == 0) {
      message.drop();
    } else {
      message.arrive("receives", receiver::receive);
    }
  }

  private Duration millis(int from, int below) {
    return Duration.ofMillis(random.nextInt(from, below));
  }

  private static final class Process {

    private final Node node;
    private final ManualClock wall;
    private final EventClock wallClock;
    private final EventClock lamport = LamportTime.clock();
    private final EventClock vector;
    private final EventClock hybrid;

    Process(Node node, Duration skew) {
      this.node = node;
      this.wall = new ManualClock(START.plus(skew));
      this.wallClock = WallTime.clock(wall);
      this.vector = VectorTime.clock(node.name());
      this.hybrid = HybridTime.clock(wall);
    }

    Sample tick() {
      return new Sample(
          wall.millis(), wallClock.tick(), lamport.tick(), vector.tick(), hybrid.tick());
    }

    Sample receive(Sample sent) {
      return new Sample(
          wall.millis(),
          wallClock.receive(sent.wall()),
          lamport.receive(sent.lamport()),
          vector.receive(sent.vector()),
          hybrid.receive(sent.hybrid()));
    }
  }
}
