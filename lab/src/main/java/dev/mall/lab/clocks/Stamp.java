package dev.mall.lab.clocks;

import java.time.Instant;
import java.util.Optional;

/** A time that a clock gives to an event. */
sealed interface Stamp permits WallTime, LamportTime, VectorTime, HybridTime {

  /** Whether this kind of time says that its event came before the other's. */
  boolean isBefore(Stamp other);

  /** The time of day that it means; empty if it means none. */
  default Optional<Instant> wallTime() {
    return switch (this) {
      case WallTime(var instant) -> Optional.of(instant);
      case HybridTime hybrid -> Optional.of(Instant.ofEpochMilli(hybrid.millis()));
      case LamportTime _, VectorTime _ -> Optional.empty();
    };
  }
}
