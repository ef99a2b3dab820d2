package dev.mall.web.bulkhead;

import static dev.mall.runtime.SettingChecks.requirePositive;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many of the pool's database connections web requests may use.
 *
 * @param atMost connections that requests hold at a time; fewer than the pool has, 1–100
 * @param waiting requests that may wait for one; beyond it 503 at once; zero or more
 * @param waitAtMost longest time a request waits for one, then 503; above zero
 */
@Validated
@ConfigurationProperties("mall.web.connections")
record BulkheadProperties(
    @DefaultValue("5") @Min(1) @Max(100) int atMost,
    @DefaultValue("200") @Min(0) int waiting,
    @DefaultValue("1s") Duration waitAtMost) {

  BulkheadProperties {
    requirePositive("mall.web.connections.wait-at-most", waitAtMost);
  }
}
