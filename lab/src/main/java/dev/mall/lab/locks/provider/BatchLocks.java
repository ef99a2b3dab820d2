package dev.mall.lab.locks.provider;

import dev.mall.embedded.RedisServer;
import dev.mall.lab.trial.Trial;
import dev.mall.lab.trial.TrialDatabase;
import dev.mall.locking.LockHolder;
import dev.mall.locking.Locks;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * The batch lock of the suite, as a service gets it from its auto-configuration. It runs work, with
 * a token or without one, so a holder is a thread whose work waits until it is released.
 */
public final class BatchLocks implements LockProvider {

  @Override
  public String name() {
    return "batch lock";
  }

  @Override
  public String description() {
    return "Redis: the suite's `Locks`, all names of a batch in one script, tokens from PostgreSQL";
  }

  @Override
  public Set<Guarantee> claims() {
    return EnumSet.complementOf(
        EnumSet.of(Guarantee.RENEWAL, Guarantee.SERVER_RESTART, Guarantee.SERVER_LOSS));
  }

  @Override
  public String brokenBy() {
    return "the same as each lock in Redis, but its tokens survive, and work continues without it";
  }

  @Override
  public String goodFor() {
    return "turns at hot rows, with a database that decides";
  }

  @Override
  public LockService start(Trial trial) throws SQLException {
    var redis = trial.newRedis();
    var database = trial.database();
    try (var connection = database.connections().getConnection()) {
      ScriptUtils.executeSqlScript(
          connection, new ClassPathResource("db/locking/V0_50__lock_fence.sql"));
    }
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    trial.<AutoCloseable>opened(threads::shutdownNow);
    Map<Duration, Locks> byLease = new ConcurrentHashMap<>();
    return new RedisService(
        List.of(redis),
        (_, lease) ->
            new Client(
                byLease.computeIfAbsent(lease, _ -> locks(trial, redis, database, lease)),
                threads));
  }

  private static Locks locks(
      Trial trial, RedisServer redis, TrialDatabase database, Duration lease) {
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    var context =
        trial.<ConfigurableApplicationContext>opened(
            new SpringApplicationBuilder(Settings.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties(
                    Map.of(
                        "spring.main.banner-mode", "off",
                        "spring.datasource.url", database.url(),
                        "spring.datasource.username", database.name(),
                        "spring.datasource.password", database.password(),
                        "mall.locking.redis-url", redis.url(),
                        "mall.locking.lease", lease.toMillis() + "ms",
                        "mall.locking.timeout", "2s"))
                .run());
    return context.getBean(Locks.class);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Settings {}

  private record Client(Locks locks, ExecutorService threads) implements LockClient {

    /** The wait is a setting of the service, 200 ms. */
    @Override
    public Optional<Held> acquire(String lock, Duration wait) throws Exception {
      var token = new CompletableFuture<OptionalLong>();
      var released = new CountDownLatch(1);
      var work =
          CompletableFuture.runAsync(
                  () -> locks.withLock(Set.of(lock), drawn -> hold(drawn, token, released)),
                  threads)
              .whenComplete((_, failure) -> {
                if (failure != null) {
                  token.completeExceptionally(failure);
                }
              });
      return token.get().isPresent()
          ? Optional.of(new HeldLock(locks, lock, token.get(), released, work))
          : Optional.empty();
    }

    private void hold(
        OptionalLong drawn, CompletableFuture<OptionalLong> token, CountDownLatch released) {
      token.complete(drawn);
      if (drawn.isPresent()) {
        try {
          released.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public Optional<Holder> holder(String lock) {
      return locks
          .holderOf(lock)
          .map(holder -> new Holder(holder.owner(), Optional.of(holder.remainingLease())));
    }

    /** Its work never ends, so it never releases. */
    @Override
    public void crash() {}
  }

  private record HeldLock(
      Locks locks,
      String lock,
      OptionalLong token,
      CountDownLatch released,
      CompletableFuture<Void> work)
      implements LockClient.Held {

    /** Each acquisition has a name of its own, which only the lock knows. */
    @Override
    public String owner() {
      return locks.holderOf(lock).map(LockHolder::owner).orElse("none");
    }

    @Override
    public void release() {
      released.countDown();
      work.join();
    }
  }
}
