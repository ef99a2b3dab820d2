package dev.mall.locking;

import static dev.mall.locking.LockingHealth.DEGRADED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.embedded.RedisServer;
import dev.mall.testing.Infrastructure;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class WithoutRedisIT {

  private final RedisServer redis = Infrastructure.newRedis();
  private final AtomicLong sequence = new AtomicLong();
  private Replica replica;

  @BeforeEach
  void startOnceToHaveAPort() {
    redis.start();
    replica = replica(Duration.ofSeconds(2));
  }

  @AfterEach
  void stop() {
    replica.close();
    redis.close();
  }

  @Test
  void beginsWithoutRedisAndLocksWhenItComes() {
    redis.stop();

    assertThat(replica.token("a")).isEmpty();
    assertThat(health()).isEqualTo(DEGRADED);

    redis.start();
    awaitRecovery();
  }

  @Test
  void leavesRedisAloneAfterSomeFailuresAndComesBackByItself() {
    assertThat(replica.token("a")).isPresent();
    assertThat(replica.isBreakerOpen()).isFalse();
    redis.kill();

    await()
        .untilAsserted(() -> {
          assertThat(replica.token("a")).isEmpty();
          assertThat(replica.breaker.getState()).isEqualTo(State.OPEN);
        });
    assertThat(replica.isBreakerOpen()).isTrue();
    assertThat(replica.breaker.getMetrics().getNumberOfNotPermittedCalls()).isZero();
    assertThat(replica.token("a")).isEmpty();
    assertThat(replica.breaker.getMetrics().getNumberOfNotPermittedCalls()).isEqualTo(1);
    assertThat(replica.count("unavailable")).isGreaterThanOrEqualTo(3);
    assertThat(health()).isEqualTo(DEGRADED);

    redis.start();
    awaitRecovery();
  }

  @Test
  void healthAloneFindsOutThatRedisIsBack() {
    redis.stop();
    await()
        .untilAsserted(() -> {
          assertThat(health()).isEqualTo(DEGRADED);
          assertThat(replica.breaker.getState()).isEqualTo(State.OPEN);
        });

    redis.start();

    await().untilAsserted(() -> assertThat(health()).isEqualTo(Status.UP));
    await()
        .untilAsserted(() -> {
          assertThat(health()).isEqualTo(Status.UP);
          assertThat(replica.breaker.getState()).isEqualTo(State.CLOSED);
        });
  }

  @Test
  void goesOnWithoutATokenWhileRedisHangs() {
    replica.close();
    replica = replica(Duration.ofMillis(100));
    await().untilAsserted(() -> assertThat(replica.token("a")).isPresent());

    redis.suspend();
    assertThat(replica.token("a")).isEmpty();
    redis.resume();

    awaitRecovery();
  }

  @Test
  void drawsGreaterTokensFromAnEmptiedRedis() {
    long before = replica.token("a").orElseThrow();

    redis.restartEmpty();

    await().untilAsserted(() -> assertThat(replica.token("a")).isPresent());
    assertThat(replica.token("a").orElseThrow()).isGreaterThan(before);
  }

  @Test
  void givesTheLockOfAnEmptiedRedisToTheNextWhoAsks() {
    replica.locks.withLock(
        Set.of("a"),
        first -> {
          redis.restartEmpty();
          try (var other = replica(Duration.ofSeconds(2))) {
            await().untilAsserted(() -> assertThat(other.token("a")).isPresent());
            assertThat(other.token("a").orElseThrow()).isGreaterThan(first.orElseThrow());
          }
        });
  }

  private void awaitRecovery() {
    await()
        .untilAsserted(() -> {
          assertThat(replica.token("a")).isPresent();
          assertThat(replica.breaker.getState()).isEqualTo(State.CLOSED);
          assertThat(health()).isEqualTo(Status.UP);
        });
  }

  private Status health() {
    return new LockingHealth(replica.locks, replica.breaker).health().getStatus();
  }

  private Replica replica(Duration timeout) {
    return new Replica(
        new LockingProperties(
            redis.url(),
            Duration.ofSeconds(30),
            Duration.ofMillis(200),
            timeout,
            Duration.ofMillis(50),
            Duration.ofMillis(200)),
        sequence::incrementAndGet);
  }
}
