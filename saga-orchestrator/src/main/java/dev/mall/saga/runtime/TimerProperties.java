package dev.mall.saga.runtime;

import static dev.mall.runtime.SettingChecks.requirePositive;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How deadlines are watched.
 *
 * @param batch deadlines passed at once, 1–1000; with {@code pause} it limits how many commands a
 *     replica sends again per second
 * @param pause shortest time between two looks; above zero
 * @param lookAtLeast longest time between two looks; at least {@code pause}
 */
@Validated
@ConfigurationProperties("mall.saga.timers")
record TimerProperties(
    @DefaultValue("200") @Min(1) @Max(1000) int batch,
    @DefaultValue("200ms") Duration pause,
    @DefaultValue("1s") Duration lookAtLeast) {

  TimerProperties {
    requirePositive("mall.saga.timers.pause", pause);
    if (lookAtLeast.compareTo(pause) < 0) {
      throw new IllegalArgumentException("mall.saga.timers.look-at-least must not be below pause");
    }
  }
}
