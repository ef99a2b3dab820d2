package dev.mall.chaos.fault.process;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.mall.Mall;
import java.util.random.RandomGenerator;

/** A process of a service is killed (SIGKILL) and started again. */
public record KillReplica(String replica) implements Fault {

  @Override
  public String kind() {
    return "SIGKILL at any moment";
  }

  @Override
  public String name() {
    return "%s, %s".formatted(kind(), replica);
  }

  @Override
  public void strike(Mall mall, RandomGenerator random) {
    var victim = mall.replica(replica);
    victim.kill();
    victim.start();
  }
}
