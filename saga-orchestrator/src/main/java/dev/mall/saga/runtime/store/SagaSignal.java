package dev.mall.saga.runtime.store;

import dev.mall.contracts.Command;
import dev.mall.contracts.Event.DecisionAwaited;
import dev.mall.contracts.Event.InventoryEvent;
import dev.mall.contracts.Event.PaymentEvent;
import dev.mall.contracts.Message;
import dev.mall.contracts.OrderEvent;
import dev.mall.contracts.ProductChanged;
import dev.mall.contracts.Reply;
import dev.mall.messaging.envelope.DeadLetter;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.envelope.RawMessage;
import dev.mall.saga.engine.Signal;
import dev.mall.saga.engine.Signal.Cause;
import dev.mall.saga.engine.definition.SagaDefinitions;
import dev.mall.saga.engine.definition.SagaTurn;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * @param sagaId of a saga that may not exist
 * @param arrival the message behind the signal; null if there is none
 */
public record SagaSignal(long sagaId, Signal signal, @Nullable Arrival arrival) {

  /**
   * A message as it arrived.
   *
   * @param id null if it could not be read
   */
  public record Arrival(@Nullable UUID id, RawMessage message) {}

  public SagaSignal(long sagaId, Signal signal) {
    this(sagaId, signal, null);
  }

  /** The signal in a message, for the saga that {@code definitions} assign it to. */
  public static SagaSignal of(
      InboundMessage<? extends Message> received, SagaDefinitions definitions) {
    var cause = new Cause(received.id(), received.traceparent());
    var raw = received.raw();
    var arrival = raw == null ? null : new Arrival(received.id(), raw);
    return switch (received.message()) {
      case OrderEvent event ->
          definitions.isCallOff(event)
              ? new SagaSignal(event.orderId(), new Signal.CalledOff(event, cause), arrival)
              : new SagaSignal(
                  definitions.sagaStartedBy(event, event.orderId()),
                  new Signal.Started(event, cause),
                  arrival);
      case Reply reply ->
          new SagaSignal(
              definitions.sagaAt(reply.step()), new Signal.Replied(reply, cause), arrival);
      case Command _, InventoryEvent _, PaymentEvent _, DecisionAwaited _, ProductChanged _ ->
          throw new IllegalArgumentException("no saga waits for " + received.message());
    };
  }

  /** One for each saga that the order may have; none if the letter is about no order. */
  public static List<SagaSignal> of(DeadLetter letter) {
    var order = letter.orderId();
    if (order == null) {
      return List.of();
    }
    var why =
        "dead letter of %s, %s: %s".formatted(letter.topic(), letter.cause(), letter.detail());
    var signal = new Signal.DeadLettered(letter.id(), letter.causationId(), letter.type(), why);
    var arrival = new Arrival(letter.id(), letter.raw());
    return Stream.of(SagaTurn.values())
        .map(turn -> new SagaSignal(turn.sagaOf(order), signal, arrival))
        .toList();
  }
}
