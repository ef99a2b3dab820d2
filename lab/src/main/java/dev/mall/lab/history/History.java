package dev.mall.lab.history;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as data. Its events are in the order of the schedule, which one thread runs, so the same
 * schedule gives the same history.
 *
 * @param nodes in the order in which they are drawn
 * @param schedule the steps, as {@code node: step}; the same for both halves of an experiment
 * @param events numbered from 1
 */
public record History(
    List<String> nodes,
    List<String> schedule,
    List<Event> events,
    List<Message> messages,
    List<Span> spans) {

  public History {
    nodes = List.copyOf(nodes);
    schedule = List.copyOf(schedule);
    events = List.copyOf(events);
    messages = List.copyOf(messages);
    spans = List.copyOf(spans);
  }

  /**
   * An event on a node.
   *
   * @param label one line, without anything that varies between runs
   * @param fact the same as a value, for judges
   */
  public record Event(int number, String node, String label, @Nullable Object fact) {}

  /**
   * A message, or a call, which leaves and arrives in one event of the caller.
   *
   * @param sentAt number of the sender's event
   * @param receivedAt number of the receiver's event; {@link #LOST} if it never arrived
   */
  public record Message(String from, int sentAt, String to, int receivedAt) {

    public static final int LOST = 0;

    public boolean isLost() {
      return receivedAt == LOST;
    }

    public boolean isCall() {
      return sentAt == receivedAt;
    }
  }

  /** A condition of a node from one event to another, both included. */
  public record Span(String node, Condition condition, int from, int to) {

    public boolean covers(String otherNode, int event) {
      return node.equals(otherNode) && from <= event && event <= to;
    }
  }

  /** A condition that a diagram shows on a node's line. */
  public enum Condition {
    /** Believes that it holds something exclusively, such as a lock. */
    HOLDS,
    /** Does nothing and notices nothing. */
    PAUSED,
    DOWN
  }

  /** A fact and the event that it belongs to. */
  public record Fact<F>(Event event, F value) {}

  /** All facts of a type, in order. */
  public <F> List<Fact<F>> facts(Class<F> type) {
    var found = new ArrayList<Fact<F>>();
    for (var event : events) {
      var fact = event.fact();
      if (fact != null && type.isInstance(fact)) {
        found.add(new Fact<>(event, type.cast(fact)));
      }
    }
    return found;
  }
}
