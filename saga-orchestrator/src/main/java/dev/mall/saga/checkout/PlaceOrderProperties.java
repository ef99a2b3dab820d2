package dev.mall.saga.checkout;

import dev.mall.saga.engine.definition.StepTimes;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How orders are placed.
 *
 * @param version which version of the saga new orders follow; every replica knows it first
 * @param steps other times than the saga's own, by the name of the step or compensation: {@code
 *     steps.pay.timeout} is how long its first attempt may take, {@code steps.pay.in-doubt-after}
 *     how long it may go unanswered in all
 */
@ConfigurationProperties("mall.saga.place-order")
record PlaceOrderProperties(
    @DefaultValue("1") int version, @DefaultValue Map<String, StepTimes> steps) {}
