package dev.mall.saga.runtime;

import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.SagaInstance.DefinitionId;
import dev.mall.saga.engine.SagaState;

/** A saga's row, as far as this release can go on with it. */
sealed interface StoredSaga {

  long id();

  /** It is open, and this release knows its definition and reads its event. */
  record Open(SagaInstance saga) implements StoredSaga {
    @Override
    public long id() {
      return saga.id();
    }
  }

  /** Nothing changes it any more, so its definition need not be known. */
  record Ended(Standing standing) implements StoredSaga {
    @Override
    public long id() {
      return standing.id();
    }
  }

  /** It is open, and only a newer release, or an older one, can go on with it. */
  record Foreign(Standing standing, DefinitionId definition) implements StoredSaga {
    @Override
    public long id() {
      return standing.id();
    }
  }

  /** Where a saga stands, which its row tells whatever its definition is. */
  record Standing(long id, SagaState state, String step, int round) {

    static Standing of(SagaInstance saga) {
      return new Standing(saga.id(), saga.state(), saga.asking().step(), saga.asking().round());
    }
  }
}
