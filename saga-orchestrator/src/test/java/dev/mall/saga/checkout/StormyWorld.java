package dev.mall.saga.checkout;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Command;
import dev.mall.contracts.Message;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.Reply;
import dev.mall.messaging.Outgoing;
import dev.mall.saga.engine.RememberedSagas;
import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.Signal;
import dev.mall.saga.engine.Signal.Cause;
import dev.mall.saga.engine.StepTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Sagas, services, and a wire between them that loses, repeats and mixes up what it carries. */
final class StormyWorld {

  /** Impatient, so that much is given up that was done, or will be. */
  private static final Map<String, StepTimes> TIMES =
      Map.of(
          "reserve", new StepTimes(null, ofSeconds(25)), "pay", new StepTimes(null, ofSeconds(25)));

  private final RandomGenerator random;
  private final List<OrderPlaced> orders;
  private final RememberedSagas<OrderPlaced> sagas =
      new RememberedSagas<>(PlaceOrderSaga.definition(TIMES));
  private final Map<Long, Etiquette> etiquettes = new HashMap<>();
  private final List<Outgoing> wire = new ArrayList<>();
  private final List<Outgoing> putAside = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  final Participants services;

  StormyWorld(RandomGenerator random, List<OrderPlaced> orders, Participants services) {
    this.random = random;
    this.orders = orders;
    this.services = services;
    orders.forEach(this::announce);
  }

  void storm(int events) {
    for (int event = 0; event < events; event++) {
      switch (random.nextInt(20)) {
        case 0 -> repeatSomething();
        case 1, 2 -> loseSomething();
        case 3, 4, 5 -> ring(random.nextInt(4) > 0);
        case 6 -> services.expire(someOrder().orderId());
        case 7 -> announce(someOrder());
        case 8 -> putSomethingAside();
        default -> deliverSomething();
      }
    }
  }

  /** Nothing gets lost any more, and what was put aside is sent again. */
  void calm() {
    orders.forEach(this::announce);
    wire.addAll(putAside);
    putAside.clear();
    for (int patience = 0; !wire.isEmpty() || isOpen(); patience++) {
      assertThat(patience).describedAs("steps until all is quiet").isLessThan(2_000);
      if (wire.isEmpty()) {
        ring(true);
      } else {
        deliverSomething();
      }
    }
  }

  Iterable<SagaInstance> sagas() {
    return sagas.all();
  }

  private boolean isOpen() {
    return sagas.all().stream().anyMatch(saga -> saga.state().isOpen());
  }

  private void announce(OrderPlaced order) {
    wire.add(new Outgoing(new UUID(0, order.orderId()), order, null, null));
  }

  private void repeatSomething() {
    if (!wire.isEmpty()) {
      wire.add(wire.get(random.nextInt(wire.size())));
    }
  }

  private void loseSomething() {
    if (!wire.isEmpty()) {
      wire.remove(random.nextInt(wire.size()));
    }
  }

  private void putSomethingAside() {
    if (!wire.isEmpty() && random.nextInt(4) == 0) {
      var letter = wire.remove(random.nextInt(wire.size()));
      putAside.add(letter);
      var order = Long.parseLong(letter.message().key());
      hear(
          order,
          new Signal.DeadLettered(letter.id(), letter.causationId(), "SomeMessage", "put aside"));
    }
  }

  private void deliverSomething() {
    if (wire.isEmpty()) {
      return;
    }
    var next = wire.remove(random.nextInt(wire.size()));
    Message message = next.message();
    var cause = new Cause(next.id(), null);
    switch (message) {
      case OrderPlaced order -> hear(order.orderId(), new Signal.Started(order, cause));
      case Command command -> {
        var reply = services.handle(command);
        wire.add(new Outgoing(UUID.randomUUID(), reply, next.id(), null));
      }
      case Reply reply -> {
        etiquette(reply.step().orderId()).tells(reply);
        hear(reply.step().orderId(), new Signal.Replied(reply, cause));
      }
      default -> throw new IllegalStateException("nobody sends " + message);
    }
  }

  /** Time goes on to some saga's deadline, which is judged or excused. */
  private void ring(boolean judged) {
    var waiting = sagas.all().stream().filter(saga -> saga.asking().deadline() != null).toList();
    if (!waiting.isEmpty()) {
      var saga = waiting.get(random.nextInt(waiting.size()));
      var deadline = saga.asking().deadline();
      now = deadline.isAfter(now) ? deadline : now;
      hear(saga.id(), judged ? new Signal.DeadlinePassed() : new Signal.DeadlineExcused());
    }
  }

  private void hear(long order, Signal signal) {
    sagas
        .hear(order, signal, now)
        .map(transition -> transition.command())
        .ifPresent(command -> {
          etiquette(order).asks((Command) command.message());
          wire.add(command);
        });
  }

  private Etiquette etiquette(long order) {
    return etiquettes.computeIfAbsent(order, _ -> new Etiquette());
  }

  private OrderPlaced someOrder() {
    return orders.get(random.nextInt(orders.size()));
  }
}
