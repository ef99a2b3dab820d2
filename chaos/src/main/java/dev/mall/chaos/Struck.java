package dev.mall.chaos;

/**
 * A fault that struck, and what happened until it was over. Another may have struck beside it: what
 * customers did and met counts once, to the fault that was over next.
 *
 * @param leg of the campaign, from 1
 * @param accepted orders
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
