package dev.mall.lab.history;

import dev.mall.lab.history.History.Condition;
import dev.mall.lab.history.History.Event;
import dev.mall.lab.history.History.Message;
import dev.mall.lab.history.History.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a {@link History} as it comes about. Thread-safe, though one thread runs a schedule. */
public final class HistoryRecorder {

  private final List<String> nodes = new ArrayList<>();
  private final List<String> schedule = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();
  private final Map<String, Map<Condition, Integer>> open = new TreeMap<>();

  /**
   * Adds a node, to the right of those before it.
   *
   * @throws IllegalArgumentException if there is one of this name
   */
  public synchronized void node(String name) {
    if (nodes.contains(name)) {
      throw new IllegalArgumentException("there is a node '%s' already".formatted(name));
    }
    nodes.add(name);
    open.put(name, new TreeMap<>());
  }

  public synchronized void scheduled(String node, String step) {
    schedule.add(node + ": " + step);
  }

  /** Returns the event's number. */
  public synchronized int event(String node, String label, @Nullable Object fact) {
    var event = new Event(events.size() + 1, known(node), label, fact);
    events.add(event);
    return event.number();
  }

  /**
   * @param receivedAt {@link Message#LOST} if it never arrives
   */
  public synchronized void message(String from, int sentAt, String to, int receivedAt) {
    messages.add(new Message(known(from), sentAt, known(to), receivedAt));
  }

  /** The node's latest condition begins with the latest event. */
  public synchronized void begin(String node, Condition condition) {
    conditions(node).putIfAbsent(condition, Math.max(1, events.size()));
  }

  /** Ends with the latest event; does nothing if the condition is not there. */
  public synchronized void end(String node, Condition condition) {
    var from = conditions(node).remove(condition);
    if (from != null) {
      spans.add(new Span(node, condition, from, events.size()));
    }
  }

  public synchronized boolean is(String node, Condition condition) {
    return conditions(node).containsKey(condition);
  }

  /** The history so far; open conditions last to its end. */
  public synchronized History history() {
    var all = new ArrayList<>(spans);
    open.forEach((node, conditions) ->
        conditions.forEach(
            (condition, from) -> all.add(new Span(node, condition, from, events.size()))));
    return new History(nodes, schedule, events, messages, all);
  }

  private Map<Condition, Integer> conditions(String node) {
    var conditions = open.get(node);
    if (conditions == null) {
      throw new IllegalArgumentException("there is no node '%s'".formatted(node));
    }
    return conditions;
  }

  private String known(String node) {
    conditions(node);
    return node;
  }
}
