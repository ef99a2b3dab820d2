package dev.mall.saga.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Command;
import dev.mall.contracts.Event;
import dev.mall.contracts.Message;
import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.OrderEvent.CancellationRequested;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.OrderEvent.ReturnRequested;
import dev.mall.contracts.Reply;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.saga.engine.EngineContext;
import dev.mall.saga.engine.SagaEngine;
import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.Signal;
import dev.mall.saga.engine.Transition;
import dev.mall.saga.engine.definition.Saga;
import dev.mall.saga.engine.definition.SagaDefinition;
import dev.mall.saga.engine.definition.SagaDefinitions;
import dev.mall.saga.engine.definition.SagaTurn;
import dev.mall.saga.runtime.store.SagaSignal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Both sagas of each order, the services, and a wire that loses, repeats and reorders.
 * order-service decides about cancellations as its rules do: a pending order's is announced to its
 * saga, a confirmed order's starts the return, also if it is confirmed after the request.
 */
final class CancellationWorld {

  private final SagaDefinitions definitions =
      new SagaDefinitions(
          List.of(
              Saga.of(PlaceOrderSaga.version1(Map.of())),
              new Saga<>(List.of(CancelOrderSaga.version1()), 1, SagaTurn.FOLLOW_UP)));
  private final Map<Long, SagaInstance> sagas = new TreeMap<>();
  private final Map<Long, OrderPlaced> placed = new HashMap<>();
  private final Set<Long> cancelled = new HashSet<>();
  private final List<OutboundMessage> wire = new ArrayList<>();
  private final RandomGenerator random;
  private final Participants services;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  CancellationWorld(RandomGenerator random, Participants services) {
    this.random = random;
    this.services = services;
  }

  void place(long order) {
    placed.put(order, Replies.anOrder(order));
    send(Replies.anOrder(order));
  }

  /** A customer's request; refused if the order is cancelled. */
  void cancel(long order) {
    var status = services.orders.get(order);
    if ("CANCELLED".equals(status) || !cancelled.add(order)) {
      return;
    }
    send(status == null ? new CancellationRequested(order) : toReturn(order));
  }

  void repeatSomething() {
    if (!wire.isEmpty()) {
      wire.add(wire.get(random.nextInt(wire.size())));
    }
  }

  void loseSomething() {
    if (!wire.isEmpty()) {
      wire.remove(random.nextInt(wire.size()));
    }
  }

  void deliverSomething() {
    if (!wire.isEmpty()) {
      deliver(wire.remove(random.nextInt(wire.size())));
    }
  }

  /** Time goes on to a saga's deadline. */
  void passADeadline() {
    var waiting =
        sagas.values().stream().filter(saga -> saga.current().deadline() != null).toList();
    if (!waiting.isEmpty()) {
      var saga = waiting.get(random.nextInt(waiting.size()));
      var deadline = Objects.requireNonNull(saga.current().deadline());
      now = deadline.isAfter(now) ? deadline : now;
      take(saga.id(), new Signal.DeadlinePassed());
    }
  }

  /** Loses no message any more; order-service announces again what is late. */
  void calm() {
    for (int patience = 0; !wire.isEmpty() || republishes() || !open().isEmpty(); patience++) {
      assertThat(patience).describedAs("steps until all is quiet").isLessThan(3_000);
      if (wire.isEmpty() || random.nextInt(8) == 0) {
        passADeadline();
      } else {
        deliverSomething();
      }
    }
  }

  private boolean republishes() {
    placed.values().stream()
        .filter(order -> !services.orders.containsKey(order.orderId()))
        .forEach(this::send);
    cancelled.stream()
        .filter(order -> "CONFIRMED".equals(services.orders.get(order)))
        .forEach(order -> send(toReturn(order)));
    return !wire.isEmpty();
  }

  List<SagaInstance> open() {
    return sagas.values().stream().filter(saga -> saga.state().isOpen()).toList();
  }

  boolean isCancelled(long order) {
    return cancelled.contains(order);
  }

  boolean isReturning(long order) {
    return sagas.containsKey(SagaTurn.FOLLOW_UP.sagaOf(order))
        && cancelled.contains(order)
        && services.orders.containsKey(order);
  }

  /** The reason of the first saga's failure. */
  String refusal(long order) {
    return Objects.requireNonNull(sagas.get(order).progress().refusal());
  }

  private void deliver(OutboundMessage next) {
    if (next.message() instanceof Command command) {
      var before = services.orders.get(command.step().orderId());
      var reply = services.handle(command);
      wire.add(new OutboundMessage(UUID.randomUUID(), reply, next.id(), null));
      if (command instanceof ConfirmOrder(var step)
          && before == null
          && cancelled.contains(step.orderId())) {
        send(toReturn(step.orderId()));
      }
    } else {
      var signal = SagaSignal.of(received(next), definitions);
      take(signal.sagaId(), signal.signal());
    }
  }

  private static InboundMessage<Message> received(OutboundMessage sent) {
    assertThat(sent.message()).isInstanceOfAny(Event.class, Reply.class);
    return new InboundMessage<>(sent.id(), sent.message(), null, null, Instant.EPOCH);
  }

  private void take(long id, Signal signal) {
    var known = sagas.get(id);
    var context = new EngineContext(now, Set.of());
    Transition transition;
    if (known != null) {
      transition = next(definitions.named(known.origin().definition()), known, signal, context);
    } else if (signal instanceof Signal.Started started) {
      transition = SagaEngine.start(definitions.startedBy(started.event()), id, started, context);
    } else {
      return;
    }
    assertThat(transition.saga().condition().parked()).as("saga %d is parked", id).isNull();
    sagas.put(id, transition.saga());
    if (transition.command() != null) {
      wire.add(transition.command());
    }
  }

  private static <E extends Event> Transition next(
      SagaDefinition<E> definition, SagaInstance saga, Signal signal, EngineContext context) {
    return SagaEngine.next(definition, saga, signal, context);
  }

  private ReturnRequested toReturn(long order) {
    var about = Objects.requireNonNull(placed.get(order));
    return new ReturnRequested(order, about.customerId(), about.totalMinor(), about.currency());
  }

  private void send(Message message) {
    var id = UUID.nameUUIDFromBytes(message.toString().getBytes(StandardCharsets.UTF_8));
    wire.add(new OutboundMessage(id, message, null, null));
  }
}
