package dev.mall.saga.engine;

import org.jspecify.annotations.Nullable;

/** The actions of an operator on one saga. */
public enum OperatorAction {
  /** Sends the current step's command in a new round, which the service decides again. */
  RETRY,
  /** Cancels the saga and compensates the steps that were done, or may have been. */
  COMPENSATE,
  /** Continues as if the current step had succeeded, because it was done by hand. */
  SETTLE;

  /**
   * Where the operator believes the saga to be.
   *
   * @param step null if the operator does not say
   * @param round null if the operator does not say
   */
  public record Place(@Nullable String step, @Nullable Integer round) {

    boolean isOf(SagaInstance saga) {
      return (step == null || step.equals(saga.current().step()))
          && (round == null || round == saga.current().round());
    }
  }

  /** Why an act is not possible now. */
  public enum Refusal {
    /** The saga has ended. */
    ENDED,
    /** The saga is elsewhere than the operator believes. */
    MOVED,
    /** It is in a step that its definition does not have. */
    LOST,
    /** The step's commands are held back: nothing may be sent for it. */
    PAUSED,
    /** It is undone already. */
    COMPENSATING,
    /** The pivot was asked for and may have been done. */
    PIVOT_ASKED,
    /** The pivot is done: nothing is undone any more. */
    PIVOT_PASSED
  }
}
