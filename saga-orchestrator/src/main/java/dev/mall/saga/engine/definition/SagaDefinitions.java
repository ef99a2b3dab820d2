package dev.mall.saga.engine.definition;

import dev.mall.contracts.Event;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The definitions that this release knows, and which of them new sagas follow. A new version is
 * known by every replica before it starts the first saga; an old one stays until its last saga has
 * ended.
 */
public final class SagaDefinitions {

  private final Map<DefinitionId, SagaDefinition<?>> known;
  private final Map<Class<? extends Event>, SagaDefinition<?>> starting;

  /**
   * @param starting those of {@code known} that new sagas follow, one per event
   */
  public SagaDefinitions(
      Collection<? extends SagaDefinition<?>> known, Set<DefinitionId> starting) {
    this.known = known.stream().collect(Collectors.toMap(SagaDefinition::id, Function.identity()));
    this.starting =
        starting.stream()
            .map(this::configured)
            .collect(Collectors.toMap(SagaDefinition::startedBy, Function.identity()));
  }

  /** What a saga follows that {@code event} starts now. */
  public SagaDefinition<?> startedBy(Event event) {
    var definition = starting.get(event.getClass());
    if (definition == null) {
      throw new IllegalArgumentException("no saga is started by " + event.getClass());
    }
    return definition;
  }

  /**
   * What a saga follows that was started before.
   *
   * @throws IllegalArgumentException if this release does not know it
   */
  public SagaDefinition<?> named(DefinitionId id) {
    var definition = known.get(id);
    if (definition == null) {
      throw new IllegalArgumentException(id + " is not known to this release");
    }
    return definition;
  }

  /** The same for people; empty if this release does not know it. */
  public Optional<SagaDefinition<?>> find(DefinitionId id) {
    return Optional.ofNullable(known.get(id));
  }

  /** Every step that some saga may ask for. */
  public List<String> stepNames() {
    return known.values().stream()
        .flatMap(definition -> definition.stepNames().stream())
        .distinct()
        .toList();
  }

  public Collection<SagaDefinition<?>> known() {
    return known.values();
  }

  private SagaDefinition<?> configured(DefinitionId id) {
    var definition = known.get(id);
    if (definition == null) {
      throw new IllegalArgumentException("%s is none of %s".formatted(id, known.keySet()));
    }
    return definition;
  }
}
