package dev.mall.launcher.tour;

/**
 * Somebody who shops in the tour.
 *
 * @param moneyMinor what the wallet should hold at least at the beginning of a tour
 */
record DemoCustomer(String id, String name, long moneyMinor) {}
