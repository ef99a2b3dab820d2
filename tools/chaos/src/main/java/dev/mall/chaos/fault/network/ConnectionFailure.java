package dev.mall.chaos.fault.network;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.mall.TcpProxy;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The connection to a server is cut, half-open or slow for a while.
 *
 * @param whose connections; empty if all services have one wire
 */
public record ConnectionFailure(
    String server, String whose, TcpProxy.State state, Function<Mall, TcpProxy> proxy)
    implements Fault {

  @Override
  public String kind() {
    return "%s connection %s"
        .formatted(server, state.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  @Override
  public String name() {
    return whose.isEmpty() ? kind() : kind() + ", " + whose;
  }

  @Override
  public int share() {
    return 4;
  }

  @Override
  public boolean isBrief() {
    return true;
  }

  @Override
  public void strike(Mall mall, RandomGenerator random) throws InterruptedException {
    var wire = proxy.apply(mall);
    switch (state) {
      case CUT -> wire.cut();
      case HALF_OPEN -> wire.halfOpen();
      case SLOW -> wire.slowDown(Duration.ofMillis(random.nextLong(20, 400)));
      case WHOLE -> throw new IllegalStateException("no fault");
    }
    try {
      Thread.sleep(Duration.ofMillis(random.nextLong(500, 4_000)));
    } finally {
      wire.mend();
    }
  }
}
