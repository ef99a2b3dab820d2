package dev.mall.chaos.fault.process;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.mall.ServiceReplica;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * A release: all services at once, each replica by replica, are asked to end (SIGTERM) and started
 * again.
 */
public record RollingRestart() implements Fault {

  private static final Duration GRACE = Duration.ofSeconds(45);

  @Override
  public String kind() {
    return "rolling restart";
  }

  @Override
  public void strike(Mall mall, RandomGenerator random) throws InterruptedException {
    mall.awaitReady();
    var waves =
        mall.replicas().stream()
            .collect(
                Collectors.groupingBy(
                    replica -> mall.replicasOf(replica.service()).indexOf(replica),
                    TreeMap::new,
                    Collectors.toList()));
    for (var wave : waves.values()) {
      restart(wave);
      mall.awaitReady();
    }
  }

  private static void restart(List<ServiceReplica> wave) throws InterruptedException {
    Mall.end(wave, GRACE);
    wave.forEach(ServiceReplica::start);
  }
}
