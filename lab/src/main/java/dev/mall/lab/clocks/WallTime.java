package dev.mall.lab.clocks;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The time of a process' wall clock. */
record WallTime(Instant instant) implements Stamp {

  /** A clock that looks at the wall and learns nothing from messages. */
  static EventClock clock(Clock wall) {
    return new EventClock() {
      @Override
      public Stamp tick() {
        return new WallTime(wall.instant());
      }

      @Override
      public Stamp receive(Stamp sent) {
        return tick();
      }
    };
  }

  /** The time of day, to the millisecond. */
  static String text(Instant instant) {
    return LocalTime.ofInstant(instant, ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS).toString();
  }

  @Override
  public boolean isBefore(Stamp other) {
    return other instanceof WallTime(var theirs) && instant.isBefore(theirs);
  }

  @Override
  public String toString() {
    return text(instant);
  }
}
