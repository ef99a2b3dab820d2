package dev.mall.saga.engine.definition;

import dev.mall.contracts.Event;
import dev.mall.contracts.values.StepKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The definitions that this release knows, and which of them new sagas follow. */
public final class SagaDefinitions {

  private final Map<DefinitionId, SagaDefinition<?>> known = new LinkedHashMap<>();
  private final Map<StartEvent<?>, SagaDefinition<?>> started = new HashMap<>();
  private final Map<StartEvent<?>, SagaTurn> turns = new HashMap<>();
  private final Map<String, SagaTurn> steps = new HashMap<>();

  /**
   * @throws IllegalArgumentException if two sagas have one name, or are started by one event, or if
   *     sagas of different turns have a step name in common: replies are assigned by it
   */
  public SagaDefinitions(Collection<? extends Saga<?>> sagas) {
    sagas.forEach(saga -> {
      saga.versions().forEach(version -> addOnce(known, version.id(), version));
      addOnce(started, saga.started().startEvent(), saga.started());
      turns.put(saga.started().startEvent(), saga.turn());
      saga.versions().forEach(version -> addSteps(version, saga.turn()));
    });
  }

  private void addSteps(SagaDefinition<?> definition, SagaTurn turn) {
    for (var step : definition.stepNames()) {
      if (steps.put(step, turn) == turn.other()) {
        throw new IllegalArgumentException(
            "%s: step %s is also one of a saga of another turn".formatted(definition.id(), step));
      }
    }
  }

  private static <K> void addOnce(
      Map<K, SagaDefinition<?>> map, K key, SagaDefinition<?> definition) {
    var other = map.putIfAbsent(key, definition);
    if (other != null) {
      throw new IllegalArgumentException(
          "%s and %s have %s in common".formatted(other.id(), definition.id(), key));
    }
  }

  /** The definition of a saga that {@code event} starts now. */
  public SagaDefinition<?> startedBy(Event event) {
    var definition = started.get(StartEvent.of(event));
    if (definition == null) {
      throw new IllegalArgumentException("no saga is started by " + StartEvent.of(event));
    }
    return definition;
  }

  /** The id of the saga that {@code event} starts for an order. */
  public long sagaStartedBy(Event event, long orderId) {
    return turns.getOrDefault(StartEvent.of(event), SagaTurn.FIRST).sagaOf(orderId);
  }

  /** The id of the saga that a reply to {@code step} is for, which may not exist. */
  public long sagaAt(StepKey step) {
    return steps.getOrDefault(step.step(), SagaTurn.FIRST).sagaOf(step.orderId());
  }

  /** The events that start a saga, or call one off. */
  public Set<Class<? extends Event>> events() {
    return Stream.concat(
            started.keySet().stream().map(StartEvent::type),
            known.values().stream().flatMap(definition -> definition.calledOffBy().stream()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether {@code event} calls an order's first saga off. */
  public boolean isCallOff(Event event) {
    return known.values().stream().anyMatch(saga -> saga.callOffReason(event).isPresent());
  }

  /**
   * The definition of a saga that was started before.
   *
   * @throws IllegalArgumentException if this release does not know it
   */
  public SagaDefinition<?> named(DefinitionId id) {
    return find(id)
        .orElseThrow(() -> new IllegalArgumentException(id + " is not known to this release"));
  }

  /** Like {@link #named}; empty if this release does not know it. */
  public Optional<SagaDefinition<?>> find(DefinitionId id) {
    return Optional.ofNullable(known.get(id));
  }

  /** The names of the steps of all sagas. */
  public List<String> stepNames() {
    return known.values().stream()
        .flatMap(definition -> definition.stepNames().stream())
        .distinct()
        .toList();
  }

  public Collection<SagaDefinition<?>> known() {
    return known.values();
  }
}
