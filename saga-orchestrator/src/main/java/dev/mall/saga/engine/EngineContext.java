package dev.mall.saga.engine;

import java.time.Instant;
import java.util.Set;

/**
 * The conditions under which a batch is decided.
 *
 * @param now the database's clock
 * @param paused names of the paused steps
 */
public record EngineContext(Instant now, Set<String> paused) {

  public EngineContext {
    paused = Set.copyOf(paused);
  }
}
