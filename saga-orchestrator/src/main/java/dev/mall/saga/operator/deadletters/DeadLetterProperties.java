package dev.mall.saga.operator.deadletters;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How dead letters are sent again.
 *
 * @param redrives how often one message may be sent again in all, 1–100; then it is kept
 * @param batch how many a filter sends again at once, 1–500
 */
@Validated
@ConfigurationProperties("mall.saga.dead-letters")
record DeadLetterProperties(
    @DefaultValue("3") @Min(1) @Max(100) int redrives,
    @DefaultValue("200") @Min(1) @Max(500) int batch) {}
