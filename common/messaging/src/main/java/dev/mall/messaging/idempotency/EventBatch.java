package dev.mall.messaging.idempotency;

import dev.mall.contracts.Command;
import dev.mall.contracts.Event;
import dev.mall.contracts.Reply;
import dev.mall.messaging.envelope.InboundMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Events that a service handles as commands of its own.
 *
 * @param commands in the order of the events; each has the id and the trace of its event
 * @param causes the events, by their ids
 */
public record EventBatch<C extends Command>(
    List<InboundMessage<C>> commands, Map<UUID, Event> causes) {

  public EventBatch {
    commands = List.copyOf(commands);
    causes = Map.copyOf(causes);
  }

  /**
   * @param command the command for an event; empty if it is skipped
   */
  public static <C extends Command> EventBatch<C> of(
      List<InboundMessage<Event>> received, Function<Event, Optional<C>> command) {
    var commands = new ArrayList<InboundMessage<C>>();
    var causes = new HashMap<UUID, Event>();
    for (var event : received) {
      command
          .apply(event.message())
          .ifPresent(translated -> {
            causes.put(event.id(), event.message());
            commands.add(
                new InboundMessage<>(
                    event.id(),
                    translated,
                    event.causationId(),
                    event.traceparent(),
                    event.createdAt(),
                    event.record()));
          });
    }
    return new EventBatch<>(commands, causes);
  }

  public boolean isEmpty() {
    return commands.isEmpty();
  }

  /**
   * @param translation of an event's reply into the event that follows; empty if none follows
   */
  public ReplyRoute route(BiFunction<Event, Reply, Optional<? extends Event>> translation) {
    return (command, reply) ->
        translation.apply(Objects.requireNonNull(causes.get(command.id())), reply);
  }
}
