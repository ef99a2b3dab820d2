package dev.mall.identifiers;

import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How ids are made.
 *
 * @param epoch what an id's time counts from; ids last for 69 years from here. A later epoch makes
 *     no ids until its times are above those already given; none is ever given twice.
 * @param lease how long a worker number is held without renewing, and how far ahead its times are
 *     granted; at least 1 s. After a crash the number rests as long.
 * @param clockTolerance a clock that jumps back by up to this is waited for; after a longer jump
 *     another worker number is taken; zero or more
 */
@ConfigurationProperties("mall.ids")
public record IdsProperties(
    @DefaultValue("2026-01-01T00:00:00Z") Instant epoch,
    @DefaultValue("30s") Duration lease,
    @DefaultValue("100ms") Duration clockTolerance) {

  public IdsProperties {
    if (lease.toMillis() < 1000) {
      throw new IllegalArgumentException("mall.ids.lease must be at least 1s");
    }
    if (clockTolerance.isNegative()) {
      throw new IllegalArgumentException("mall.ids.clock-tolerance must not be negative");
    }
  }
}
