package dev.mall.saga.engine;

import dev.mall.contracts.Event;
import dev.mall.saga.engine.OperatorAction.Place;
import dev.mall.saga.engine.OperatorAction.Refusal;
import dev.mall.saga.engine.definition.SagaDefinition;
import dev.mall.saga.engine.definition.Step;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides whether an operator's action on a saga is possible. Pure. */
public final class OperatorActionRules {

  private OperatorActionRules() {}

  /**
   * Why {@code act} is not possible; empty if it is.
   *
   * @param paused names of the steps whose commands are held back
   */
  public static <E extends Event> Optional<Refusal> refusal(
      SagaDefinition<E> definition,
      SagaInstance saga,
      OperatorAction act,
      Place at,
      Set<String> paused) {
    return Optional.ofNullable(anyway(definition, saga, at))
        .or(() ->
            Optional.ofNullable(
                switch (act) {
                  case RETRY -> retry(saga, paused);
                  case COMPENSATE -> compensate(SagaEngine.currentStep(definition, saga), saga);
                  case SETTLE -> null;
                }));
  }

  private static @Nullable Refusal anyway(
      SagaDefinition<?> definition, SagaInstance saga, Place at) {
    if (!saga.state().isOpen()) {
      return Refusal.ENDED;
    }
    if (!at.isOf(saga)) {
      return Refusal.MOVED;
    }
    return SagaPath.of(definition, saga).has(saga.current().step()) ? null : Refusal.LOST;
  }

  /** A held saga has asked for nothing yet: there is no round to open a new one after. */
  private static @Nullable Refusal retry(SagaInstance saga, Set<String> paused) {
    return saga.isHeld() || paused.contains(saga.current().step()) ? Refusal.PAUSED : null;
  }

  /** Why a saga cannot be called off now; null if it can. */
  static @Nullable Refusal compensate(Step<?> step, SagaInstance saga) {
    if (saga.state() == SagaState.COMPENSATING) {
      return Refusal.COMPENSATING;
    }
    return switch (step.kind()) {
      case COMPENSATABLE -> null;
      case PIVOT -> saga.isHeld() ? null : Refusal.PIVOT_ASKED;
      case RETRIABLE -> Refusal.PIVOT_PASSED;
    };
  }
}
