package dev.mall.lab.clocks;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;

/**
 * A time of a hybrid logical clock: the latest wall time among the events that may have caused this
 * one, itself included, and a count of those that share it. It follows causes as Lamport's number
 * does, and is ahead of the process' wall clock by no more than the wall clocks differ.
 *
 * @param millis wall time, since 1970
 * @see <a href="https://cse.buffalo.edu/tech-reports/2014-04.pdf">Kulkarni and others 2014</a>
 */
record HybridTime(long millis, int count) implements Stamp {

  private static final Comparator<HybridTime> ORDER =
      Comparator.comparingLong(HybridTime::millis).thenComparingInt(HybridTime::count);

  static EventClock clock(Clock wall) {
    return new EventClock() {
      private HybridTime latest = new HybridTime(0, 0);

      @Override
      public Stamp tick() {
        return after(latest);
      }

      @Override
      public Stamp receive(Stamp sent) {
        var theirs = (HybridTime) sent;
        return after(ORDER.compare(theirs, latest) > 0 ? theirs : latest);
      }

      private HybridTime after(HybridTime cause) {
        long now = wall.millis();
        latest =
            now > cause.millis
                ? new HybridTime(now, 0)
                : new HybridTime(cause.millis, cause.count + 1);
        return latest;
      }
    };
  }

  @Override
  public boolean isBefore(Stamp other) {
    return other instanceof HybridTime theirs && ORDER.compare(this, theirs) < 0;
  }

  @Override
  public String toString() {
    return "%s+%d".formatted(WallTime.text(Instant.ofEpochMilli(millis)), count);
  }
}
