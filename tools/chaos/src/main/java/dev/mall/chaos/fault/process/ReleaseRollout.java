package dev.mall.chaos.fault.process;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.mall.Build;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.mall.Release;
import dev.mall.chaos.mall.ServiceReplica;
import dev.mall.cli.MallService;
import dev.mall.cli.Polling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Every service is rolled to another release, one replica after the other, the services in any
 * order: meanwhile both releases read each other's messages and share databases. Some replicas get
 * no chance to end in order (SIGKILL).
 *
 * @param release where to; empty is this build
 */
public record ReleaseRollout(Optional<Release> release) implements Fault {

  private static final Duration GRACE = Duration.ofSeconds(45);
  private static final Duration START = Duration.ofMinutes(5);

  @Override
  public String kind() {
    return release
        .map(back -> "upgrade: back to " + back.version())
        .orElse("upgrade: to this build");
  }

  @Override
  public void strike(Mall mall, RandomGenerator random) throws InterruptedException {
    mall.awaitReady();
    var services = new ArrayList<>(Arrays.asList(MallService.values()));
    Collections.shuffle(services, Random.from(random));
    for (var service : services) {
      for (var replica : mall.replicasOf(service)) {
        roll(replica, random.nextInt(3) == 0);
      }
    }
  }

  private void roll(ServiceReplica replica, boolean killed) throws InterruptedException {
    Optional<Build> build = release.map(it -> it.of(replica.service()));
    if (killed) {
      replica.kill();
    } else {
      Mall.end(List.of(replica), GRACE);
    }
    replica.deploy(build);
    Polling.require(
        START,
        () -> {
          replica.start();
          return replica.isReady();
        },
        () -> "%s is not ready (%s)".formatted(replica.name(), kind()));
  }
}
