package dev.mall.messaging.retention;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How what is over and older than {@code mall.messaging.horizon} leaves the tables of daily work.
 *
 * @param every pause between two looks, longer by up to a tenth; above zero
 * @param batch rows looked at in one transaction, 1–5000
 * @param slack how much older than the horizon it must be, because clocks differ; not below zero
 */
@Validated
@ConfigurationProperties("mall.sweep")
public record RetentionProperties(
    @DefaultValue("1h") Duration every,
    @DefaultValue("500") @Min(1) @Max(5000) int batch,
    @DefaultValue("1d") Duration slack) {

  public RetentionProperties {
    if (!every.isPositive()) {
      throw new IllegalArgumentException("mall.sweep.every must be above zero");
    }
    if (slack.isNegative()) {
      throw new IllegalArgumentException("mall.sweep.slack must not be below zero");
    }
  }
}
