package dev.mall.chaos.fault.network;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.mall.TcpProxy;
import java.time.Duration;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A server answers late for a whole minute, in which others strike: each piece of data takes tens
 * of milliseconds more, either way.
 *
 * @param whose connections; empty if all services have one wire
 */
public record SlowConnection(String server, String whose, Function<Mall, TcpProxy> proxy)
    implements Fault {

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
    var wire = proxy.apply(mall);
    wire.slowDown(Duration.ofMillis(random.nextLong(10, 60)));
    try {
      Thread.sleep(TIME);
    } finally {
      wire.mend();
    }
  }
}
