package dev.mall.chaos.fault.server;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.mall.Mall;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** PostgreSQL is killed, as by a power cut, and starts again from its log. */
public record RestartPostgres() implements Fault {

  @Override
  public String kind() {
    return "SIGKILL PostgreSQL";
  }

  @Override
  public int share() {
    return 8;
  }

  @Override
  public void strike(Mall mall, RandomGenerator random) throws InterruptedException {
    mall.postgres().process().kill();
    try {
      Thread.sleep(Duration.ofMillis(random.nextLong(100, 2_000)));
    } finally {
      mall.postgres().start();
    }
  }
}
