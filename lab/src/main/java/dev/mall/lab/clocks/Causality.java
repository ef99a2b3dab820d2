package dev.mall.lab.clocks;

import dev.mall.lab.history.History;
import dev.mall.lab.history.History.Event;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Which events of a history may have caused which: those of one node in their order, the sending of
 * a message before its receipt, and all that follows from the two.
 */
final class Causality {

  private final Map<Integer, BitSet> causes = new HashMap<>();

  private Causality(History history) {
    var latest = new HashMap<String, Event>();
    for (var event : history.events()) {
      var its = new BitSet();
      var before = latest.put(event.node(), event);
      if (before != null) {
        include(before.number(), its);
      }
      history.messages().stream()
          .filter(message -> message.receivedAt() == event.number() && !message.isCall())
          .forEach(message -> include(message.sentAt(), its));
      causes.put(event.number(), its);
    }
  }

  static Causality of(History history) {
    return new Causality(history);
  }

  boolean precedes(Event first, Event second) {
    return of(second.number()).get(first.number());
  }

  boolean areConcurrent(Event one, Event other) {
    return !one.equals(other) && !precedes(one, other) && !precedes(other, one);
  }

  private void include(int event, BitSet causesOfAnother) {
    causesOfAnother.or(of(event));
    causesOfAnother.set(event);
  }

  private BitSet of(int event) {
    return causes.getOrDefault(event, new BitSet());
  }
}
