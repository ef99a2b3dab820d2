package dev.mall.launcher.tour;

/**
 * A customer of the tour.
 *
 * @param moneyMinor what the wallet should hold at least at the beginning of a tour
 */
record DemoCustomer(String id, String name, long moneyMinor) {}
