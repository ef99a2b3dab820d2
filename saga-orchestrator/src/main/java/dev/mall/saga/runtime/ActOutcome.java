package dev.mall.saga.runtime;

import dev.mall.saga.engine.Act.Refusal;
import dev.mall.saga.engine.SagaInstance;
import java.time.Instant;

/** What came of an operator's act. */
public sealed interface ActOutcome {

  record NoSuchSaga() implements ActOutcome {}

  /** Nothing was done. */
  record Refused(SagaInstance saga, Refusal why) implements ActOutcome {}

  /**
   * It was done.
   *
   * @param at the database's clock
   */
  record Done(SagaInstance before, SagaInstance after, Instant at) implements ActOutcome {}
}
