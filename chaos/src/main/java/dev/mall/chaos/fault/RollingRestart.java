package dev.mall.chaos.fault;

import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.mall.Patience;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Every process is asked to end (SIGTERM) and started again, one after the other. */
record RollingRestart() implements Fault {

  private static final Duration GRACE = Duration.ofSeconds(45);

  @Override
  public String kind() {
    return "rolling restart";
  }

  @Override
  public String name() {
    return kind();
  }

  @Override
  public void strike(Mall mall, RandomGenerator random) throws InterruptedException {
    for (var replica : mall.replicas()) {
      if (!replica.terminate(GRACE)) {
        throw new IllegalStateException(
            "%s did not end within %d s of SIGTERM".formatted(replica, GRACE.toSeconds()));
      }
      replica.start();
      Patience.demand(replica + " is ready", Duration.ofMinutes(2), replica::isReady);
    }
  }
}
