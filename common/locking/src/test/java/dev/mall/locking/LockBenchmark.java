package dev.mall.locking;

import dev.mall.testing.Infrastructure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.redisson.RedissonMultiLock;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;

/**
 * Locks the SKUs of a batch in three ways and prints what that costs. Run by hand; the figures and
 * what followed from them are in {@code docs/adr/0003-lock-a-batch-of-skus-in-one-script.md}.
 */
final class LockBenchmark {

  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofMillis(200);
  private static final Duration RUN = Duration.ofSeconds(4);
  private static final int SKUS = 2_000;

  private LockBenchmark() {}

  /** Runs work under all locks; answers whether it had them. */
  private interface Way {
    boolean locked(Set<String> names, Runnable work) throws InterruptedException;
  }

  public static void main(String[] args) throws Exception {
    try (var redis = Infrastructure.newRedis()) {
      redis.start();
      var tokens = new AtomicLong();
      try (var one = new Replica(Replica.properties(redis.url(), LEASE), tokens::incrementAndGet);
          var other =
              new Replica(Replica.properties(redis.url(), LEASE), tokens::incrementAndGet)) {
        System.out.println(
            "| way | SKUs | alone, ms per batch | two replicas, batches/s | locked |");
        System.out.println("|---|---|---|---|---|");
        for (int size : new int[] {1, 10, 100, 300}) {
          print("one script", size, script(one), script(other));
          print("RLock per SKU", size, perSku(one.redisson), perSku(other.redisson));
          print("RedissonMultiLock", size, multi(one.redisson), multi(other.redisson));
        }
      }
    }
  }

  private static void print(String name, int size, Way one, Way other) throws Exception {
    run(one, size, 0, Duration.ofSeconds(2), 0); // warm up
    var alone = run(one, size, 1, RUN, 0);
    List<Callable<Result>> replicas =
        List.of(() -> run(one, size, 2, RUN, 5), () -> run(other, size, 3, RUN, 5));
    var together = new ArrayList<Result>();
    try (var threads = Executors.newFixedThreadPool(2)) {
      for (var result : threads.invokeAll(replicas)) {
        together.add(result.get());
      }
    }
    long batches = together.stream().mapToLong(Result::batches).sum();
    long locked = together.stream().mapToLong(Result::locked).sum();
    System.out.printf(
        "| %s | %d | %.2f | %d | %d %% |%n",
        name,
        size,
        RUN.toMillis() / (double) alone.batches(),
        batches / RUN.toSeconds(),
        100 * locked / batches);
  }

  private record Result(long batches, long locked) {}

  /** Batches of random SKUs, each worked on for so many milliseconds, one after the other. */
  private static Result run(Way way, int size, int seed, Duration duration, int workMillis)
      throws InterruptedException {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    long end = System.nanoTime() + duration.toNanos();
    long batches = 0;
    long locked = 0;
    while (System.nanoTime() < end) {
      batches++;
      Runnable work = () -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(workMillis));
      locked += way.locked(skus(random, size), work) ? 1 : 0;
    }
    return new Result(batches, locked);
  }

  /** Some SKUs sell much more than others. */
  private static Set<String> skus(RandomGenerator random, int size) {
    var skus = new TreeSet<String>();
    while (skus.size() < size) {
      skus.add("sku-" + (int) (SKUS * Math.pow(random.nextDouble(), 2)));
    }
    return skus;
  }

  private static Way script(Replica replica) {
    return (names, work) -> {
      var locked = new boolean[1];
      replica.locks.withLock(
          names,
          token -> {
            locked[0] = token.isPresent();
            work.run();
          });
      return locked[0];
    };
  }

  /** In order, so that two never wait for each other in a circle. */
  private static Way perSku(RedissonClient redisson) {
    return (names, work) -> {
      var held = new ArrayList<RLock>();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      try {
        for (var lock : locks(redisson, names)) {
          long left = Math.max(0, deadline - System.nanoTime());
          if (!lock.tryLock(left, LEASE.toNanos(), TimeUnit.NANOSECONDS)) {
            break;
          }
          held.add(lock);
        }
        work.run();
        return held.size() == names.size();
      } finally {
        held.forEach(RLock::unlock);
      }
    };
  }

  private static Way multi(RedissonClient redisson) {
    return (names, work) -> {
      var all = new RedissonMultiLock(locks(redisson, names).toArray(RLock[]::new));
      boolean locked = all.tryLock(PATIENCE.toMillis(), LEASE.toMillis(), TimeUnit.MILLISECONDS);
      try {
        work.run();
      } finally {
        if (locked) {
          all.unlock();
        }
      }
      return locked;
    };
  }

  private static List<RLock> locks(RedissonClient redisson, Set<String> names) {
    return names.stream().map(name -> redisson.getLock("bench:" + name)).toList();
  }
}
