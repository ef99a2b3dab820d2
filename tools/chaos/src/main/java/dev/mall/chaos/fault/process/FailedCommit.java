package dev.mall.chaos.fault.process;

import dev.mall.chaos.agent.CrashPoint;
import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.mall.Mall;
import dev.mall.cli.MallService;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Three failures at once: a consumer is stopped between its transaction and its offset commit for
 * longer than its session, so that its partitions are assigned to the other replica and the commit
 * fails; and the database is unavailable, so that neither replica can handle what is redelivered.
 *
 * @param service one with two replicas
 */
public record FailedCommit(MallService service) implements Fault {

  /** Past the session of a consumer (6 s). */
  private static final Duration PAST_SESSION = Duration.ofSeconds(8);

  @Override
  public String kind() {
    return "database unavailable, rebalance and failing commit";
  }

  @Override
  public String name() {
    return "%s, %s".formatted(kind(), service.title());
  }

  @Override
  public void strike(Mall mall, RandomGenerator random) throws InterruptedException {
    mall.awaitReady();
    var victim = HeldReplica.hold(mall, service, CrashPoint.BEFORE_OFFSET_COMMIT);
    var database = mall.databaseProxyOf(service);
    victim.pause();
    try {
      database.cut();
      Thread.sleep(PAST_SESSION);
      victim.release(CrashPoint.BEFORE_OFFSET_COMMIT);
      victim.resume();
      Thread.sleep(Duration.ofMillis(random.nextLong(2_000, 6_000)));
    } finally {
      victim.release(CrashPoint.BEFORE_OFFSET_COMMIT);
      victim.resume();
      database.mend();
    }
  }
}
