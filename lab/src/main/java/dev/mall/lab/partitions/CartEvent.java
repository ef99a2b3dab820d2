package dev.mall.lab.partitions;

import dev.mall.lab.history.History;
import dev.mall.lab.history.History.Fact;
import java.util.List;
import java.util.Set;

/** A step of a customer. */
sealed interface CartEvent {

  record Added(String item) implements CartEvent {
    @Override
    public String toString() {
      return "accepted";
    }
  }

  record Removed(String item) implements CartEvent {
    @Override
    public String toString() {
      return "accepted";
    }
  }

  record Seen(Set<String> items) implements CartEvent {

    public Seen {
      items = Set.copyOf(items);
    }

    @Override
    public String toString() {
      return items.isEmpty() ? "empty" : String.join(", ", items.stream().sorted().toList());
    }
  }

  /** Changes before the event, on whichever replica. */
  static <E extends CartEvent> List<Fact<E>> before(Fact<?> event, Class<E> type, History history) {
    return history.facts(type).stream()
        .filter(fact -> fact.event().number() < event.event().number())
        .toList();
  }
}
