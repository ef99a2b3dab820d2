package dev.mall.saga.checkout;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Command;
import dev.mall.contracts.InventoryReply.CommitRefused;
import dev.mall.contracts.InventoryReply.OutOfStock;
import dev.mall.contracts.InventoryReply.ReleaseRefused;
import dev.mall.contracts.InventoryReply.ReserveRefused;
import dev.mall.contracts.Message;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.OrderReply.SettlementRefused;
import dev.mall.contracts.PaymentReply.PaymentDeclined;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.saga.engine.EngineContext;
import dev.mall.saga.engine.InMemorySagas;
import dev.mall.saga.engine.OperatorAction;
import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.Signal;
import dev.mall.saga.engine.Signal.Cause;
import dev.mall.saga.engine.definition.SagaDefinition;
import dev.mall.saga.engine.definition.StepTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Sagas, services, a wire between them that loses, repeats and mixes up what it carries, and an
 * operator who interferes.
 */
final class PropertyWorld {

  /** Impatient, so that much is given up that was done, or will be. */
  private static final Map<String, StepTimes> TIMES =
      Map.of(
          "reserve", new StepTimes(null, ofSeconds(25)), "pay", new StepTimes(null, ofSeconds(25)));

  private final RandomGenerator random;
  private final List<OrderPlaced> orders;
  private final SagaDefinition<OrderPlaced> definition = PlaceOrderSaga.definition(TIMES);
  private final InMemorySagas<OrderPlaced> sagas = new InMemorySagas<>(definition);
  private final Set<String> paused = new HashSet<>();
  private final Map<StepKey, Command> asked = new HashMap<>();
  private final Map<Long, AllowedCommands> etiquettes = new HashMap<>();
  private final List<OutboundMessage> wire = new ArrayList<>();
  private final List<OutboundMessage> putAside = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  final Participants services;
  final Map<OperatorAction, Integer> acts = new EnumMap<>(OperatorAction.class);

  PropertyWorld(RandomGenerator random, List<OrderPlaced> orders, Participants services) {
    this.random = random;
    this.orders = orders;
    this.services = services;
    orders.forEach(this::announce);
  }

  void storm(int events) {
    for (int event = 0; event < events; event++) {
      switch (random.nextInt(24)) {
        case 0 -> repeatSomething();
        case 1, 2 -> loseSomething();
        case 3, 4, 5 -> ring(random.nextInt(4) > 0);
        case 6 -> services.expire(someOrder().orderId());
        case 7 -> announce(someOrder());
        case 8 -> putSomethingAside();
        case 9 -> act(OperatorAction.values()[random.nextInt(OperatorAction.values().length)]);
        case 10 -> flip(definition.stepNames().get(random.nextInt(definition.stepNames().size())));
        case 11 -> resume();
        default -> deliverSomething();
      }
    }
  }

  /** Nothing gets lost any more, and what was put aside is sent again. */
  void calm() {
    orders.forEach(this::announce);
    wire.addAll(putAside);
    putAside.clear();
    paused.clear();
    for (int patience = 0; !wire.isEmpty() || isOpen(); patience++) {
      assertThat(patience).describedAs("steps until all is quiet").isLessThan(2_000);
      if (wire.isEmpty()) {
        resume();
        ring(true);
      } else {
        deliverSomething();
      }
    }
  }

  private void flip(String step) {
    if (!paused.remove(step)) {
      paused.add(step);
    }
  }

  /** All that is held is told so, also what must not go on yet. */
  private void resume() {
    var held = sagas.all().stream().filter(SagaInstance::isHeld).map(SagaInstance::id).toList();
    held.forEach(order -> hear(order, new Signal.Resumed()));
  }

  private void act(OperatorAction act) {
    if (sagas.all().isEmpty()) {
      return;
    }
    var saga = List.copyOf(sagas.all()).get(random.nextInt(sagas.all().size()));
    if (act == OperatorAction.SETTLE && !doneByHand(saga)) {
      return;
    }
    boolean refused = sagas.refusal(saga.id(), act, conditions()).isPresent();
    var lines = saga.lines();
    hear(
        saga.id(),
        new Signal.Decided(act, new OperatorAction.Place(null, null), "grace", "the weather"));
    assertThat(sagas.of(saga.id()).lines()).isEqualTo(refused ? lines : lines + 1);
    if (!refused) {
      acts.merge(act, 1, Integer::sum);
    }
  }

  /** Operators settle only what they did: they ask the service themselves, and are told. */
  private boolean doneByHand(SagaInstance saga) {
    var command = asked.get(saga.key());
    if (command == null) {
      return false;
    }
    var reply = services.handle(command);
    etiquette(saga.id()).tells(reply);
    return switch (reply) {
      case OutOfStock _, ReserveRefused _, CommitRefused _, ReleaseRefused _ -> false;
      case PaymentDeclined _, SettlementRefused _ -> false;
      default -> true;
    };
  }

  private EngineContext conditions() {
    return new EngineContext(now, paused);
  }

  Iterable<SagaInstance> sagas() {
    return sagas.all();
  }

  private boolean isOpen() {
    return sagas.all().stream().anyMatch(saga -> saga.state().isOpen());
  }

  private void announce(OrderPlaced order) {
    wire.add(new OutboundMessage(new UUID(0, order.orderId()), order, null, null));
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
        wire.add(new OutboundMessage(UUID.randomUUID(), reply, next.id(), null));
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
    var waiting = sagas.all().stream().filter(saga -> saga.current().deadline() != null).toList();
    if (!waiting.isEmpty()) {
      var saga = waiting.get(random.nextInt(waiting.size()));
      var deadline = saga.current().deadline();
      now = deadline.isAfter(now) ? deadline : now;
      hear(saga.id(), judged ? new Signal.DeadlinePassed() : new Signal.DeadlineExcused());
    }
  }

  private void hear(long order, Signal signal) {
    sagas
        .hear(order, signal, conditions())
        .map(transition -> transition.command())
        .ifPresent(sent -> {
          var command = (Command) sent.message();
          assertThat(paused).doesNotContain(command.step().step());
          etiquette(order).asks(command);
          asked.put(command.step(), command);
          wire.add(sent);
        });
  }

  private AllowedCommands etiquette(long order) {
    return etiquettes.computeIfAbsent(order, _ -> new AllowedCommands());
  }

  private OrderPlaced someOrder() {
    return orders.get(random.nextInt(orders.size()));
  }
}
