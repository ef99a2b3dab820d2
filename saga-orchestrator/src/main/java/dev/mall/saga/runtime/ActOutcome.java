package dev.mall.saga.runtime;

import dev.mall.saga.engine.Act.Refusal;
import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.SagaInstance.DefinitionId;
import dev.mall.saga.engine.SagaState;
import java.time.Instant;

/** What came of an operator's act. */
public sealed interface ActOutcome {

  record NoSuchSaga() implements ActOutcome {}

  /** Only another release can go on with the saga. */
  record UnknownDefinition(DefinitionId definition) implements ActOutcome {}

  /** Nothing was done to the saga, which is in this state, at this step and round. */
  record Refused(SagaState state, String step, int round, Refusal why) implements ActOutcome {

    static Refused of(StoredSaga.Standing at, Refusal why) {
      return new Refused(at.state(), at.step(), at.round(), why);
    }
  }

  /**
   * It was done.
   *
   * @param at the database's clock
   */
  record Done(SagaInstance before, SagaInstance after, Instant at) implements ActOutcome {}
}
