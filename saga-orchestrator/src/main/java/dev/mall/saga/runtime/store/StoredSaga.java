package dev.mall.saga.runtime.store;

import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.SagaState;
import dev.mall.saga.engine.definition.DefinitionId;

/** A saga's row, by whether this release can continue it. */
public sealed interface StoredSaga {

  long id();

  /** It is open, and this release knows its definition and reads its event. */
  record Open(SagaInstance saga) implements StoredSaga {
    @Override
    public long id() {
      return saga.id();
    }
  }

  /** No signal changes it, so its definition need not be known. */
  record Ended(Standing standing) implements StoredSaga {
    @Override
    public long id() {
      return standing.id();
    }
  }

  /** It is open, and only another release can continue it. */
  record Foreign(Standing standing, DefinitionId definition) implements StoredSaga {
    @Override
    public long id() {
      return standing.id();
    }
  }

  /** The state of a saga, readable from its row without its definition. */
  record Standing(long id, SagaState state, String step, int round) {

    public static Standing of(SagaInstance saga) {
      return new Standing(saga.id(), saga.state(), saga.current().step(), saga.current().round());
    }
  }
}
