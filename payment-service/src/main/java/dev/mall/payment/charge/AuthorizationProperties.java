package dev.mall.payment.charge;

import static dev.mall.runtime.SettingChecks.requirePositive;

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
    requirePositive("mall.payment.authorizations.hold", hold);
    requirePositive("mall.payment.authorizations.sweep-every", sweepEvery);
  }
}
