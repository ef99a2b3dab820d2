package dev.mall.saga.engine;

import dev.mall.contracts.Event;
import dev.mall.saga.engine.definition.SagaDefinition;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Runs sagas without a database, one signal at a time. */
public final class InMemorySagas<E extends Event> {

  private final SagaDefinition<E> definition;
  private final Map<Long, SagaInstance> sagas = new HashMap<>();

  public InMemorySagas(SagaDefinition<E> definition) {
    this.definition = definition;
  }

  /** The transition; empty for a signal about a saga that was not started. */
  public Optional<Transition> take(long id, Signal signal, EngineContext context) {
    var known = sagas.get(id);
    Optional<Transition> transition =
        known != null
            ? Optional.of(SagaEngine.next(definition, known, signal, context))
            : signal instanceof Signal.Started started
                ? Optional.of(SagaEngine.start(definition, id, started, context))
                : Optional.empty();
    transition.ifPresent(happened -> sagas.put(id, happened.saga()));
    return transition;
  }

  /** The reason against an operator's action now; empty if there is none. */
  public Optional<OperatorAction.Refusal> refusal(
      long id, OperatorAction act, EngineContext context) {
    var anywhere = new OperatorAction.Place(null, null);
    return OperatorActionRules.refusal(definition, sagas.get(id), act, anywhere, context.paused());
  }

  public SagaInstance of(long id) {
    return sagas.get(id);
  }

  public Collection<SagaInstance> all() {
    return sagas.values();
  }
}
