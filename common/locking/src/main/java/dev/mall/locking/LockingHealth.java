package dev.mall.locking;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Says DEGRADED, never DOWN: without Redis the service does all its work, only with more
 * contention. Asking Redis here also closes the circuit breaker again when nothing else does.
 */
final class LockingHealth implements HealthIndicator {

  static final Status DEGRADED = new Status("DEGRADED");

  private final Locks locks;
  private final CircuitBreaker breaker;

  LockingHealth(Locks locks, CircuitBreaker breaker) {
    this.locks = locks;
    this.breaker = breaker;
  }

  @Override
  public Health health() {
    try {
      locks.holderOf("health");
      return Health.up().withDetail("circuit", breaker.getState()).build();
    } catch (LockStoreUnavailableException unavailable) {
      return Health.status(DEGRADED)
          .withDetail("circuit", breaker.getState())
          .withDetail("why", String.valueOf(unavailable.getMessage()))
          .withDetail("effect", "work goes on without locks")
          .build();
    }
  }
}
