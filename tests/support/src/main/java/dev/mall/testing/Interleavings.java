package dev.mall.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Every order in which events can come. */
public final class Interleavings<E> {

  private final Map<E, Integer> left;
  private final Consumer<List<E>> run;
  private final List<E> events = new ArrayList<>();

  private Interleavings(Map<E, Integer> times, Consumer<List<E>> run) {
    this.left = new LinkedHashMap<>(times);
    this.run = run;
  }

  /**
   * Runs each order once.
   *
   * @param times how often each event occurs
   * @param run must not keep the list
   * @return the number of orders
   */
  public static <E> int each(Map<E, Integer> times, Consumer<List<E>> run) {
    return new Interleavings<>(times, run).runAll();
  }

  private int runAll() {
    if (left.values().stream().allMatch(times -> times == 0)) {
      run.accept(events);
      return 1;
    }
    int orders = 0;
    for (var event : List.copyOf(left.keySet())) {
      if (left.getOrDefault(event, 0) > 0) {
        left.merge(event, -1, Integer::sum);
        events.add(event);
        orders += runAll();
        events.removeLast();
        left.merge(event, 1, Integer::sum);
      }
    }
    return orders;
  }
}
