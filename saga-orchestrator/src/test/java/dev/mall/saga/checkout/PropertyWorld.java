package dev.mall.saga.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Command;
import dev.mall.contracts.Event;
import dev.mall.contracts.Message;
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
import dev.mall.saga.engine.definition.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/**
 * Sagas, services, a wire between them that loses, repeats and mixes up what it carries, and an
 * operator who interferes.
 */
final class PropertyWorld<E extends Event> {

  private final RandomGenerator random;
  private final SagaDefinition<E> definition;
  private final List<E> events;
  private final InMemorySagas<E> sagas;
  private final LongFunction<? extends SagaRules> rules;
  private final Set<String> paused = new HashSet<>();
  private final Map<StepKey, Command> asked = new HashMap<>();
  private final List<OutboundMessage> wire = new ArrayList<>();
  private final List<OutboundMessage> putAside = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  final Participants services;
  final Map<OperatorAction, Integer> acts = new EnumMap<>(OperatorAction.class);

  /**
   * @param events one for each saga
   * @param rules of each saga, by its id
   */
  PropertyWorld(
      RandomGenerator random,
      SagaDefinition<E> definition,
      List<E> events,
      Participants services,
      LongFunction<? extends SagaRules> rules) {
    this.random = random;
    this.definition = definition;
    this.events = events;
    this.sagas = new InMemorySagas<>(definition);
    this.services = services;
    this.rules = rules;
    events.forEach(this::announce);
  }

  void storm(int events) {
    for (int event = 0; event < events; event++) {
      switch (random.nextInt(24)) {
        case 0 -> repeatSomething();
        case 1, 2 -> loseSomething();
        case 3, 4, 5 -> ring(random.nextInt(4) > 0);
        case 6 -> services.expire(id(someEvent()));
        case 7 -> announce(someEvent());
        case 8 -> putSomethingAside();
        case 9 -> act(OperatorAction.values()[random.nextInt(OperatorAction.values().length)]);
        case 10 -> flip(definition.stepNames().get(random.nextInt(definition.stepNames().size())));
        case 11 -> resume();
        default -> deliverSomething();
      }
    }
  }

  /** Loses no message any more, and sends the dead letters again. */
  void calm() {
    events.forEach(this::announce);
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

  /** Resumes all held sagas, including those whose step is still paused. */
  private void resume() {
    var held = sagas.all().stream().filter(SagaInstance::isHeld).map(SagaInstance::id).toList();
    held.forEach(order -> take(order, new Signal.Resumed()));
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
    take(
        saga.id(),
        new Signal.Decided(act, new OperatorAction.Place(null, null), "grace", "the weather"));
    assertThat(sagas.of(saga.id()).lines()).isEqualTo(refused ? lines : lines + 1);
    if (!refused) {
      acts.merge(act, 1, Integer::sum);
    }
  }

  /** Operators settle only what they did: they call the service themselves and read its reply. */
  private boolean doneByHand(SagaInstance saga) {
    var command = asked.get(saga.key());
    if (command == null) {
      return false;
    }
    var reply = services.handle(command);
    rules.apply(saga.id()).received(reply);
    return definition.verdictOn(reply) instanceof Verdict.Advance;
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

  private void announce(E event) {
    wire.add(new OutboundMessage(new UUID(0, id(event)), event, null, null));
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
      take(
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
      case Event event -> take(id(event), new Signal.Started(event, cause));
      case Command command -> {
        var reply = services.handle(command);
        wire.add(new OutboundMessage(UUID.randomUUID(), reply, next.id(), null));
      }
      case Reply reply -> {
        rules.apply(reply.step().orderId()).received(reply);
        take(reply.step().orderId(), new Signal.Replied(reply, cause));
      }
    }
  }

  /** Time goes on to some saga's deadline, which is judged or excused. */
  private void ring(boolean judged) {
    var waiting = sagas.all().stream().filter(saga -> saga.current().deadline() != null).toList();
    if (!waiting.isEmpty()) {
      var saga = waiting.get(random.nextInt(waiting.size()));
      var deadline = saga.current().deadline();
      now = deadline.isAfter(now) ? deadline : now;
      take(saga.id(), judged ? new Signal.DeadlinePassed() : new Signal.DeadlineExcused());
    }
  }

  private void take(long order, Signal signal) {
    sagas
        .take(order, signal, conditions())
        .map(transition -> transition.command())
        .ifPresent(sent -> {
          var command = (Command) sent.message();
          assertThat(paused).doesNotContain(command.step().step());
          rules.apply(order).sent(command);
          asked.put(command.step(), command);
          wire.add(sent);
        });
  }

  private static long id(Message message) {
    return Long.parseLong(message.key());
  }

  private E someEvent() {
    return events.get(random.nextInt(events.size()));
  }
}
