package dev.mall.chaos.fault.process;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.mall.Mall;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The wall clock of one process jumps by minutes, and later back to what is right. */
public record ClockJump(String replica, boolean ahead) implements Fault {

  @Override
  public String kind() {
    return ahead ? "clock jumps ahead" : "clock jumps back";
  }

  @Override
  public String name() {
    return "%s, %s".formatted(kind(), replica);
  }

  @Override
  public int share() {
    return 2;
  }

  @Override
  public boolean isBrief() {
    return true;
  }

  @Override
  public void strike(Mall mall, RandomGenerator random) throws InterruptedException {
    var victim = mall.replica(replica);
    var by = Duration.ofSeconds(random.nextLong(120, 600));
    victim.shiftClock(ahead ? by : by.negated());
    try {
      Thread.sleep(Duration.ofMillis(random.nextLong(1_000, 4_000)));
    } finally {
      victim.shiftClock(Duration.ZERO);
    }
  }
}
