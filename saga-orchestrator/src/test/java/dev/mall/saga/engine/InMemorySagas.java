package dev.mall.saga.engine;

import dev.mall.contracts.Event;
import dev.mall.saga.engine.definition.SagaDefinition;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Sagas without a database: what the runner does, one signal at a time. */
public final class InMemorySagas<E extends Event> {

  private final SagaDefinition<E> definition;
  private final Map<Long, SagaInstance> sagas = new HashMap<>();

  public InMemorySagas(SagaDefinition<E> definition) {
    this.definition = definition;
  }

  /** What came of it; empty for a signal about a saga that nobody started. */
  public Optional<Transition> hear(long id, Signal signal, EngineContext conditions) {
    var known = sagas.get(id);
    Optional<Transition> transition =
        known != null
            ? Optional.of(SagaEngine.next(definition, known, signal, conditions))
            : signal instanceof Signal.Started started
                ? Optional.of(SagaEngine.start(definition, id, started, conditions))
                : Optional.empty();
    transition.ifPresent(happened -> sagas.put(id, happened.saga()));
    return transition;
  }

  /** Why an operator may not do this now; empty if they may. */
  public Optional<OperatorAction.Refusal> refusal(
      long id, OperatorAction act, EngineContext conditions) {
    var anywhere = new OperatorAction.Place(null, null);
    return OperatorActionRules.refusal(
        definition, sagas.get(id), act, anywhere, conditions.paused());
  }

  public SagaInstance of(long id) {
    return sagas.get(id);
  }

  public Collection<SagaInstance> all() {
    return sagas.values();
  }
}
