package dev.mall.saga.desk;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.mall.saga.engine.SagaState;
import dev.mall.saga.engine.TimelineLine.What;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A saga and all that happened to it. */
record SagaStory(@JsonUnwrapped SagaSummary saga, List<Line> timeline) {

  /**
   * One transition.
   *
   * @param state where the saga stood afterwards
   * @param step what the saga was waiting for when it happened, and which round and attempt of it
   * @param heard type of the message that came in; null if none did, but time passed
   * @param said type of the command that was sent; null if none was
   * @param deadline until when its answer was waited for
   */
  record Line(
      int number,
      Instant at,
      What what,
      SagaState state,
      String step,
      int round,
      int attempt,
      @Nullable String heard,
      @Nullable UUID heardId,
      @Nullable String said,
      @Nullable UUID saidId,
      @Nullable Instant deadline,
      @Nullable String detail) {}
}
