package dev.mall.saga.engine;

import dev.mall.contracts.Event;
import dev.mall.saga.engine.SagaInstance.Progress;
import dev.mall.saga.engine.definition.SagaDefinition;
import dev.mall.saga.engine.definition.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The steps of a saga in its present state, in order: forward, or newest first back. */
public record SagaPath<E extends Event>(List<Step<E>> steps) {

  static <E extends Event> SagaPath<E> of(SagaDefinition<E> definition, SagaInstance saga) {
    return of(definition, saga.state(), saga.progress());
  }

  public static <E extends Event> SagaPath<E> of(
      SagaDefinition<E> definition, SagaState state, Progress progress) {
    return new SagaPath<>(
        switch (state) {
          case RUNNING, COMPLETED -> definition.steps();
          case COMPENSATING, COMPENSATED -> back(definition, progress);
        });
  }

  private static <E extends Event> List<Step<E>> back(
      SagaDefinition<E> definition, Progress progress) {
    var compensations =
        definition.steps().reversed().stream()
            .filter(step ->
                progress.done().contains(step.name()) || progress.inDoubt().contains(step.name()))
            .flatMap(step -> Stream.ofNullable(step.compensatedBy()));
    return Stream.concat(compensations, definition.afterCompensation().stream()).toList();
  }

  /** The names of the steps from {@code step} on. */
  public List<String> remainingFrom(String step) {
    return names().stream().dropWhile(name -> !name.equals(step)).toList();
  }

  boolean has(String step) {
    return names().contains(step);
  }

  Step<E> first() {
    return steps.getFirst();
  }

  /**
   * @throws IllegalStateException if the path has no step of this name
   */
  Step<E> step(String name) {
    return steps.get(position(name));
  }

  Optional<Step<E>> after(String name) {
    return steps.stream().skip(position(name) + 1L).findFirst();
  }

  private int position(String name) {
    int position = names().indexOf(name);
    if (position < 0) {
      throw new IllegalStateException(
          "the saga is at %s, which is none of %s".formatted(name, names()));
    }
    return position;
  }

  private List<String> names() {
    return steps.stream().map(Step::name).toList();
  }
}
