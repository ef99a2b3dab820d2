package dev.mall.lab.clocks;

import java.time.Duration;
import java.util.Optional;

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
