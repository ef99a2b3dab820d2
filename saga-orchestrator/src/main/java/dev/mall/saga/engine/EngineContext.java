package dev.mall.saga.engine;

import java.time.Instant;
import java.util.Set;

/**
 * What every saga of a batch is judged by.
 *
 * @param now the database's clock
 * @param paused names of the steps whose commands an operator holds back
 */
public record EngineContext(Instant now, Set<String> paused) {

  public EngineContext {
    paused = Set.copyOf(paused);
  }
}
