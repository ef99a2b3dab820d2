package dev.mall.chaos;

/**
 * A fault that struck, and what came of it.
 *
 * @param leg of the campaign, from 1
 * @param accepted orders while it struck and until the mall had recovered
 * @param confirmed and
 * @param cancelled how those ended
 * @param resent requests that customers sent again
 * @param stallMillis longest time that a customer waited for an answer
 * @param recoveryMillis from its end until a new order was confirmed
 * @param violations found when the books were next judged
 */
record Struck(
    int leg,
    String kind,
    String name,
    int accepted,
    int confirmed,
    int cancelled,
    int resent,
    long stallMillis,
    long recoveryMillis,
    long violations) {}
