package dev.mall.messaging.idempotency;

import dev.mall.contracts.Event;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import java.util.List;
import java.util.Map;

/**
 * The outcome of commands that had no reply yet.
 *
 * @param replies one for each command
 * @param events by the command that caused them
 */
public record Answers(List<? extends Reply> replies, Map<StepKey, ? extends Event> events) {

  public static Answers of(List<? extends Reply> replies) {
    return new Answers(replies, Map.of());
  }
}
