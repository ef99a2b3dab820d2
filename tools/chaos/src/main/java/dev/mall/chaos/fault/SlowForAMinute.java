package dev.mall.chaos.fault;

import dev.mall.chaos.mall.Link;
import dev.mall.chaos.mall.Mall;
import java.time.Duration;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A server answers late for a whole minute, in which others strike: each piece of data takes tens
 * of milliseconds more, either way.
 *
 * @param whose connections; empty if all services have one wire
 */
record SlowForAMinute(String server, String whose, Function<Mall, Link> link) implements Fault {

  private static final Duration TIME = Duration.ofSeconds(60);

  @Override
  public String kind() {
    return server + " slow for a minute";
  }

  @Override
  public String name() {
    return whose.isEmpty() ? kind() : kind() + ", " + whose;
  }

  @Override
  public boolean lasts() {
    return true;
  }

  @Override
  public void strike(Mall mall, RandomGenerator random) throws InterruptedException {
    var wire = link.apply(mall);
    wire.slowDown(Duration.ofMillis(random.nextLong(10, 60)));
    try {
      Thread.sleep(TIME);
    } finally {
      wire.mend();
    }
  }
}
