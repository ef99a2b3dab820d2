package dev.mall.twophase;

import static dev.mall.runtime.SettingChecks.requirePositive;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a participant of a two-phase commit waits.
 *
 * @param lockTimeout longest wait for a row that another order's prepared transaction holds, before
 *     the command is tried again; above zero
 * @param askAfter time after which a prepared transaction is in doubt, and the coordinator is asked
 *     for its decision, again and again; above zero
 */
@ConfigurationProperties("mall.two-phase")
record ParticipantProperties(
    @DefaultValue("4s") Duration lockTimeout, @DefaultValue("30s") Duration askAfter) {

  ParticipantProperties {
    requirePositive("mall.two-phase.lock-timeout", lockTimeout);
    requirePositive("mall.two-phase.ask-after", askAfter);
  }
}
