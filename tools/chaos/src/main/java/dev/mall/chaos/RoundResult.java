package dev.mall.chaos;

import java.util.List;

/**
 * Some faults that were judged together, and what customers met altogether; each order counts once.
 *
 * @param leg of the campaign, from 1
 * @param violations found by the verifier, or other failures
 */
record RoundResult(
    int leg,
    int accepted,
    int confirmed,
    int cancelled,
    int resent,
    long stallMillis,
    long violations,
    List<FaultResult> struck) {}
