package dev.mall.lab.clocks;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Events per process that may have caused an event, itself included. One vector is before another
 * exactly if its event may have caused the other's.
 *
 * @param events by process; a process that is missing has none
 * @see <a href="https://www.vs.inf.ethz.ch/publ/papers/VirtTimeGlobStates.pdf">Mattern 1989</a>
 */
record VectorTime(Map<String, Long> events) implements Stamp {

  VectorTime {
    events = Map.copyOf(events);
  }

  static EventClock clock(String process) {
    return new EventClock() {
      private VectorTime latest = new VectorTime(Map.of());

      @Override
      public Stamp tick() {
        latest = latest.merged(Map.of(process, latest.of(process) + 1));
        return latest;
      }

      @Override
      public Stamp receive(Stamp sent) {
        latest = latest.merged(((VectorTime) sent).events);
        return tick();
      }
    };
  }

  private VectorTime merged(Map<String, Long> others) {
    var merged = new TreeMap<>(events);
    others.forEach((process, count) -> merged.merge(process, count, Math::max));
    return new VectorTime(merged);
  }

  private long of(String process) {
    return events.getOrDefault(process, 0L);
  }

  @Override
  public boolean isBefore(Stamp other) {
    return other instanceof VectorTime theirs
        && !equals(theirs)
        && events.keySet().stream().allMatch(process -> of(process) <= theirs.of(process));
  }

  @Override
  public String toString() {
    return new TreeMap<>(events)
        .entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", ", "[", "]"));
  }
}
