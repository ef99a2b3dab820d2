package dev.mall.verifier.findings;

import java.util.Map;

/**
 * One thing that is not as it must be.
 *
 * @param subject the order id, SKU, customer or account that it is about
 * @param says what is wrong, in a sentence
 * @param rows what disagrees: by service, or by column
 */
public record Finding(Kind kind, String subject, String says, Map<String, String> rows) {}
