package dev.mall.locking;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How locks are taken.
 *
 * @param redisUrl {@code redis://} or {@code rediss://}, host and port; may hold user and password
 * @param lease time after which a lock frees itself; longer than the slowest expected work, 100 ms
 *     to 60 s
 * @param waitAtMost longest time to queue for busy locks, up to 200 ms; zero tries once
 * @param timeout longest time to wait for one answer of Redis, 10 ms to 5 s
 * @param margin a token is trusted only while at least this much of the lease is left: what the
 *     clocks of Redis and of this machine may drift apart during one lease
 * @param retryAfter pause after which Redis is tried again after the circuit breaker opened; above
 *     zero
 */
@Validated
@ConfigurationProperties("mall.locking")
public record LockingProperties(
    @DefaultValue("redis://localhost:6379") @NotBlank String redisUrl,
    @DefaultValue("3s") Duration lease,
    @DefaultValue("200ms") Duration waitAtMost,
    @DefaultValue("100ms") Duration timeout,
    @DefaultValue("300ms") Duration margin,
    @DefaultValue("2s") Duration retryAfter) {

  public LockingProperties {
    within("lease", lease, 100, 60_000);
    within("wait-at-most", waitAtMost, 0, 200);
    within("timeout", timeout, 10, 5_000);
    within("margin", margin, 1, lease.toMillis() / 2);
    within("retry-after", retryAfter, 1, 3_600_000);
  }

  private static void within(String name, Duration value, long leastMillis, long mostMillis) {
    if (value.toMillis() < leastMillis || value.toMillis() > mostMillis) {
      throw new IllegalArgumentException(
          "mall.locking.%s must be %d to %d ms, not %d"
              .formatted(name, leastMillis, mostMillis, value.toMillis()));
    }
  }
}
