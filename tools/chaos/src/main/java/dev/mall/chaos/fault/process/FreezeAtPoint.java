package dev.mall.chaos.fault.process;

import dev.mall.chaos.agent.CrashPoint;
import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.mall.Mall;
import dev.mall.cli.MallService;
import dev.mall.contracts.values.CheckoutMode;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A process is stopped (SIGSTOP) while it holds something, for longer than it may hold it, and then
 * goes on (SIGCONT) as if nothing had been.
 */
public record FreezeAtPoint(String what, CrashPoint point, MallService service, Duration time)
    implements Fault {

  @Override
  public String kind() {
    return "SIGSTOP of " + what;
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
    victim.pause();
    try {
      Thread.sleep(time);
    } finally {
      victim.release(point);
      victim.resume();
    }
  }
}
