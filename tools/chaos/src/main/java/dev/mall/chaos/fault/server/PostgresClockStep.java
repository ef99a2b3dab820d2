package dev.mall.chaos.fault.server;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.mall.FakeTime;
import dev.mall.chaos.mall.Mall;
import dev.mall.cli.MallService;
import dev.mall.cli.Polling;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * PostgreSQL's wall clock, by which leases end and deadlines pass, jumps and later jumps back to
 * the right time, while sagas and leases are open.
 */
public record PostgresClockStep(boolean ahead) implements Fault {

  private static final Duration NOTICED = Duration.ofSeconds(10);

  /** Whether there is what it takes to set the clock wrong. */
  public static boolean isPossible() {
    return FakeTime.findLibrary().isPresent();
  }

  @Override
  public String kind() {
    return "PostgreSQL's clock jumps " + (ahead ? "ahead" : "back");
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
    var time = mall.postgresTime().orElseThrow();
    var by = Duration.ofSeconds(random.nextLong(20, 90));
    time.shift(ahead ? by : by.negated());
    try {
      Polling.require(NOTICED, () -> isWrong(mall), () -> "PostgreSQL's clock is right");
      Thread.sleep(Duration.ofMillis(random.nextLong(3_000, 8_000)));
    } finally {
      time.shift(Duration.ZERO);
    }
  }

  /** By more than a busy machine could need to answer. */
  private static boolean isWrong(Mall mall) {
    var here = Instant.now();
    try (var connection = mall.connect(MallService.ORDER);
        var query = connection.prepareStatement("select extract(epoch from clock_timestamp())");
        var row = query.executeQuery()) {
      row.next();
      return Math.abs(row.getDouble(1) - here.getEpochSecond()) > 15;
    } catch (SQLException unavailable) {
      return false; // another fault strikes meanwhile
    }
  }
}
