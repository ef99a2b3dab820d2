package dev.mall.chaos.fault;

import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.points.Point;
import dev.mall.verifier.books.Service;
import java.util.random.RandomGenerator;

/** A process is killed (SIGKILL) at a crash point, where one of its threads is held meanwhile. */
record KillAtPoint(Point point, Service service) implements Fault {

  @Override
  public String kind() {
    return "SIGKILL at " + Points.nameOf(point);
  }

  @Override
  public String name() {
    return "%s, %s".formatted(kind(), service.title());
  }

  @Override
  public void strike(Mall mall, RandomGenerator random) throws InterruptedException {
    var victim = Points.hold(mall, service, point);
    victim.kill();
    victim.start();
  }
}
