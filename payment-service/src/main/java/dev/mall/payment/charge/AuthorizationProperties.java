package dev.mall.payment.charge;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long money is held, and the job that ends expired authorizations.
 *
 * @param hold time after which an authorization expires; above zero
 * @param sweepEvery interval between two searches for expired authorizations; above zero
 * @param sweepBatch authorizations that end in one transaction, 1–5000
 */
@Validated
@ConfigurationProperties("mall.payment.authorizations")
record AuthorizationProperties(
    @DefaultValue("7d") Duration hold,
    @DefaultValue("1m") Duration sweepEvery,
    @DefaultValue("500") @Min(1) @Max(5000) int sweepBatch) {

  AuthorizationProperties {
    positive("hold", hold);
    positive("sweep-every", sweepEvery);
  }

  private static void positive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(
          "mall.payment.authorizations.%s must be above zero".formatted(name));
    }
  }
}
