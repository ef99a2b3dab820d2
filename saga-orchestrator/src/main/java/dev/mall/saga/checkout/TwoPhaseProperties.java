package dev.mall.saga.checkout;

import dev.mall.saga.engine.definition.StepTimes;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How orders of the mode TWO_PHASE are placed.
 *
 * @param version which version of the saga new orders follow; every replica knows it first
 * @param steps other times than the saga's own, by the name of the step or compensation
 */
@ConfigurationProperties("mall.saga.two-phase")
record TwoPhaseProperties(
    @DefaultValue("1") int version, @DefaultValue Map<String, StepTimes> steps) {}
