package dev.mall.identifiers;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Whatever clocks, crashes and outages do, in whatever order: no id is made twice, none beyond what
 * was granted, and those of one worker number only grow.
 */
class IdGeneratorPropertyTest {

  private static final int SEEDS = 300;
  private static final int STEPS = 300;
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
  private static final IdsProperties PROPERTIES =
      new IdsProperties(EPOCH, Duration.ofSeconds(30), Duration.ofMillis(100));

  @BeforeAll
  static void silence() {
    // clocks jump by the thousand here, and each jump is worth a warning elsewhere
    ((Logger) LoggerFactory.getLogger(IdGenerator.class)).setLevel(Level.OFF);
  }

  @AfterAll
  static void speakAgain() {
    ((Logger) LoggerFactory.getLogger(IdGenerator.class)).setLevel(null);
  }

  @Test
  void noIdIsMadeTwice() {
    long made = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      made += new Run(seed).play();
    }
    assertThat(made).describedAs("ids made").isGreaterThan(SEEDS * STEPS / 4);
  }

  private static final class Run {

    final int seed;
    final Random random;
    final MemoryWorkerLeases leases = new MemoryWorkerLeases(8);
    final List<MovableIdClock> clocks = new ArrayList<>();
    final List<IdGenerator> replicas = new ArrayList<>();
    final Set<Long> seen = new HashSet<>();
    final Map<Integer, Long> lastOfWorker = new HashMap<>();

    Run(int seed) {
      this.seed = seed;
      this.random = new Random(seed);
      for (int replica = 0; replica < 2; replica++) {
        clocks.add(new MovableIdClock(EPOCH.toEpochMilli() + 10_000_000));
        replicas.add(generator(replica, 0));
      }
    }

    int play() {
      for (int step = 0; step < STEPS; step++) {
        int who = random.nextInt(replicas.size());
        switch (random.nextInt(12)) {
          case 0 -> passEverywhere(random.nextInt(40_000));
          case 1 -> passEverywhere(random.nextInt(10));
          case 2 -> clocks.get(who).jump(-random.nextInt(200));
          case 3 -> clocks.get(who).jump(random.nextInt(200_000) - 100_000);
          case 4 -> clocks.get(who).pass(random.nextInt(60_000)); // the database's clock is slow
          case 5 -> replicas.set(who, generator(who, step)); // killed and started again
          case 6 -> restart(who, step);
          case 7 -> attempt(replicas.get(who)::renew);
          case 8 -> leases.unavailable = random.nextInt(3) == 0;
          default -> attempt(() -> make(who, howMany()));
        }
      }
      return seen.size();
    }

    private int howMany() {
      return random.nextInt(10) == 0 ? 6000 : 1 + random.nextInt(50);
    }

    private IdGenerator generator(int replica, int step) {
      return new IdGenerator(leases, PROPERTIES, clocks.get(replica), replica + " since " + step);
    }

    private void restart(int who, int step) {
      attempt(replicas.get(who)::release);
      replicas.set(who, generator(who, step));
    }

    private void passEverywhere(int millis) {
      leases.clock.pass(millis);
      clocks.forEach(clock -> clock.pass(millis));
    }

    private void make(int who, int count) {
      for (long id : replicas.get(who).next(count)) {
        int worker = SnowflakeFormat.worker(id);
        if (!seen.add(id)) {
          throw broken("%d was made before", id);
        }
        if (SnowflakeFormat.time(id) > leases.granted(worker)) {
          throw broken("%d is beyond the time granted to worker %d", id, worker);
        }
        if (lastOfWorker.merge(worker, id, Math::max) != id) {
          throw broken("%d is not above all others of worker %d", id, worker);
        }
      }
    }

    private AssertionError broken(String what, Object... args) {
      return new AssertionError("seed %d: %s".formatted(seed, what.formatted(args)));
    }

    private static void attempt(Runnable work) {
      try {
        work.run();
      } catch (DataAccessException _) {
        // a no is always allowed
      }
    }
  }
}
