package dev.mall.inventory.catalogue;

import static dev.mall.runtime.SettingChecks.requirePositive;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the periodic publication of the catalogue, which repairs lost messages.
 *
 * @param refreshEvery pause between two passes over all products; above zero
 * @param refreshPage products published at a time, 1–1000
 * @param refreshPause pause between two pages; above zero
 */
@Validated
@ConfigurationProperties("mall.catalogue")
record CatalogueProperties(
    @DefaultValue("5m") Duration refreshEvery,
    @DefaultValue("100") @Min(1) @Max(1000) int refreshPage,
    @DefaultValue("1s") Duration refreshPause) {

  CatalogueProperties {
    requirePositive("mall.catalogue.refresh-every", refreshEvery);
    requirePositive("mall.catalogue.refresh-pause", refreshPause);
  }
}
