package dev.mall.saga.engine.definition;

import dev.mall.contracts.Event;
import java.util.List;

/**
 * A kind of saga: all versions that this release can continue, and the one that new sagas follow.
 * Declared as a bean, it is all that a new saga takes. Every replica knows a new version before it
 * starts the first saga; an old one stays until its last saga has ended.
 *
 * @param startedVersion version that new sagas follow
 * @param turn which of an order's sagas it is
 */
public record Saga<E extends Event>(
    List<SagaDefinition<E>> versions, int startedVersion, SagaTurn turn) {

  public Saga {
    versions = List.copyOf(versions);
    if (versions.stream().map(version -> version.id().name()).distinct().count() != 1) {
      throw new IllegalArgumentException("one name and at least one version are needed");
    }
    started(versions, startedVersion);
  }

  /** A saga that settles its order. */
  public Saga(List<SagaDefinition<E>> versions, int startedVersion) {
    this(versions, startedVersion, SagaTurn.FIRST);
  }

  /** A saga of one version that settles its order. */
  public static <E extends Event> Saga<E> of(SagaDefinition<E> only) {
    return new Saga<>(List.of(only), only.id().version());
  }

  /** The definition that new sagas follow. */
  SagaDefinition<E> started() {
    return started(versions, startedVersion);
  }

  private static <E extends Event> SagaDefinition<E> started(
      List<SagaDefinition<E>> versions, int version) {
    return versions.stream()
        .filter(definition -> definition.id().version() == version)
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "version=%d is none of %s"
                    .formatted(version, versions.stream().map(SagaDefinition::id).toList())));
  }
}
