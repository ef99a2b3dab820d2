package dev.mall.lab.clocks;

/**
 * A number of Lamport's clock. If an event may have caused another, its number is smaller; the
 * reverse does not hold.
 *
 * @see <a href="https://doi.org/10.1145/359545.359563">Lamport 1978</a>
 */
record LamportTime(long number) implements Stamp {

  static EventClock clock() {
    return new EventClock() {
      private long latest;

      @Override
      public Stamp tick() {
        return new LamportTime(++latest);
      }

      @Override
      public Stamp receive(Stamp sent) {
        latest = Math.max(latest, ((LamportTime) sent).number);
        return tick();
      }
    };
  }

  @Override
  public boolean isBefore(Stamp other) {
    return other instanceof LamportTime(long theirs) && number < theirs;
  }

  @Override
  public String toString() {
    return "Lamport " + number;
  }
}
