package dev.mall.inventory.stock;

import static dev.mall.runtime.SettingChecks.requirePositive;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits on reservations, and settings of the job that expires them.
 *
 * @param hold time after which a reservation expires; above zero
 * @param maxHeldPerCustomer reservations that one customer may have open at a time; at least 1
 * @param sweepAtMost maximum interval between two searches for overdue reservations; above zero
 * @param sweepBatch reservations expired in one transaction, 1–5000
 */
@Validated
@ConfigurationProperties("mall.inventory")
record StockProperties(
    @DefaultValue("30m") Duration hold,
    @DefaultValue("100") @Min(1) int maxHeldPerCustomer,
    @DefaultValue("30s") Duration sweepAtMost,
    @DefaultValue("500") @Min(1) @Max(5000) int sweepBatch) {

  StockProperties {
    requirePositive("mall.inventory.hold", hold);
    requirePositive("mall.inventory.sweep-at-most", sweepAtMost);
  }
}
