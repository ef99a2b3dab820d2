package dev.mall.saga.runtime;

import dev.mall.saga.engine.OperatorAction.Refusal;
import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.SagaState;
import dev.mall.saga.engine.definition.DefinitionId;
import dev.mall.saga.runtime.store.StoredSaga;
import java.time.Instant;

/** The outcome of an operator's action. */
public sealed interface OperatorActionOutcome {

  record NoSuchSaga() implements OperatorActionOutcome {}

  /** Only another release can continue the saga. */
  record UnknownDefinition(DefinitionId definition) implements OperatorActionOutcome {}

  /** Nothing was done to the saga, which is in this state, at this step and round. */
  record Refused(SagaState state, String step, int round, Refusal why)
      implements OperatorActionOutcome {

    static Refused of(StoredSaga.Standing at, Refusal why) {
      return new Refused(at.state(), at.step(), at.round(), why);
    }
  }

  /**
   * It was done.
   *
   * @param at the database's clock
   */
  record Done(SagaInstance before, SagaInstance after, Instant at)
      implements OperatorActionOutcome {}
}
