package dev.mall.chaos.fault.server;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.mall.Mall;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Redis is killed and started again after a while, with its data or without. */
public record RestartRedis(boolean empty) implements Fault {

  @Override
  public String kind() {
    return empty ? "SIGKILL Redis, back empty" : "SIGKILL Redis";
  }

  @Override
  public int share() {
    return 6;
  }

  @Override
  public boolean isBrief() {
    return true;
  }

  @Override
  public void strike(Mall mall, RandomGenerator random) throws InterruptedException {
    mall.redis().process().kill();
    try {
      Thread.sleep(Duration.ofMillis(random.nextLong(100, 3_000)));
    } finally {
      if (empty) {
        mall.redis().restartEmpty();
      } else {
        mall.redis().start();
      }
    }
  }
}
