package dev.mall.lab.history;

import dev.mall.lab.history.History.Event;
import dev.mall.lab.history.History.Fact;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A claim broken in a history.
 *
 * @param text the contradiction, in one sentence
 * @param proof the events that contradict each other, at least one
 */
public record Violation(String text, List<Event> proof) {

  public Violation {
    proof = List.copyOf(proof);
    if (proof.isEmpty()) {
      throw new IllegalArgumentException("no event proves: " + text);
    }
  }

  public static Violation of(String text, Fact<?>... proof) {
    return new Violation(text, Arrays.stream(proof).<Event>map(Fact::event).toList());
  }

  /** The sentence and the numbers of its events. */
  public String cited() {
    return "%s (%s %s)"
        .formatted(
            text,
            proof.size() == 1 ? "event" : "events",
            proof.stream()
                .map(event -> Integer.toString(event.number()))
                .collect(Collectors.joining(", ")));
  }
}
