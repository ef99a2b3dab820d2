package dev.mall.messaging.retention;

import static dev.mall.runtime.SettingChecks.requirePositive;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Retention of settled rows: they are archived or deleted when they are older than {@code
 * mall.messaging.horizon}.
 *
 * @param every pause between two passes, longer by up to a tenth; above zero
 * @param batch rows of one transaction, 1–5000
 * @param slack added to the horizon, because clocks differ; not below zero
 */
@Validated
@ConfigurationProperties("mall.sweep")
public record RetentionProperties(
    @DefaultValue("1h") Duration every,
    @DefaultValue("500") @Min(1) @Max(5000) int batch,
    @DefaultValue("1d") Duration slack) {

  public RetentionProperties {
    requirePositive("mall.sweep.every", every);
    if (slack.isNegative()) {
      throw new IllegalArgumentException("mall.sweep.slack must not be below zero");
    }
  }
}
