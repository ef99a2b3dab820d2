package dev.mall.order;

import static dev.mall.runtime.SettingChecks.requirePositive;

import dev.mall.messaging.batch.MicroBatcher.Limits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits and intervals of accepting, counting and republishing orders.
 *
 * @param maxOpen PENDING orders beyond which new ones are refused with 503; at least 1
 * @param sampleEvery how often PENDING orders are counted; above zero
 * @param announceAgainAfter time after which a PENDING order is announced again; doubles with each
 *     announcement; above zero
 * @param announceAgainAtMost longest time between two announcements; at least the first
 * @param announceEvery how often late orders are searched for; above zero
 * @param gather how many requests share a transaction at most, 1–1000
 * @param gatherFor longest time that the first of them waits for others
 * @param queue requests that may wait for their transaction; beyond it 503; at least 1
 * @param answerWithin longest time a request waits for its transaction; above zero
 * @param maxWaiting requests that may wait for their order's outcome; beyond it the answer comes at
 *     once; zero or more
 */
@Validated
@ConfigurationProperties("mall.orders")
public record OrderProperties(
    @DefaultValue("20000") @Min(1) int maxOpen,
    @DefaultValue("500ms") Duration sampleEvery,
    @DefaultValue("2m") Duration announceAgainAfter,
    @DefaultValue("1h") Duration announceAgainAtMost,
    @DefaultValue("5s") Duration announceEvery,
    @DefaultValue("200") @Min(1) @Max(1000) int gather,
    @DefaultValue("1ms") Duration gatherFor,
    @DefaultValue("2000") @Min(1) int queue,
    @DefaultValue("8s") Duration answerWithin,
    @DefaultValue("1000") @Min(0) int maxWaiting) {

  public OrderProperties {
    requirePositive("mall.orders.sample-every", sampleEvery);
    requirePositive("mall.orders.announce-again-after", announceAgainAfter);
    requirePositive("mall.orders.announce-every", announceEvery);
    requirePositive("mall.orders.answer-within", answerWithin);
    if (announceAgainAtMost.compareTo(announceAgainAfter) < 0) {
      throw new IllegalArgumentException(
          "mall.orders.announce-again-at-most must be at least announce-again-after");
    }
  }

  /** The bounds within which requests share transactions. */
  public Limits batching() {
    return new Limits(gather, gatherFor, queue, answerWithin);
  }
}
