package dev.mall.chaos.fault.process;

import dev.mall.chaos.agent.CrashPoint;
import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.mall.Mall;
import dev.mall.cli.MallService;
import dev.mall.contracts.values.CheckoutMode;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A process is killed (SIGKILL) at a crash point, where one of its threads is held meanwhile. */
public record KillAtPoint(CrashPoint point, MallService service) implements Fault {

  @Override
  public String kind() {
    return "SIGKILL at " + HeldReplica.nameOf(point);
  }

  @Override
  public String name() {
    return "%s, %s".formatted(kind(), service.title());
  }

  @Override
  public Optional<String> leftOutUnder(CheckoutMode mode) {
    return HeldReplica.leftOutUnder(mode, point);
  }

  @Override
  public void strike(Mall mall, RandomGenerator random) throws InterruptedException {
    var victim = HeldReplica.hold(mall, service, point);
    victim.kill();
    victim.start();
  }
}
